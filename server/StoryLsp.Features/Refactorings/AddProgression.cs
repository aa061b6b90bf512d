using StoryLsp.Continuity.Edits;
using StoryLsp.Continuity.Prose;
using StoryLsp.Continuity.Story;
using StoryLsp.Features.Navigation;
using StoryLsp.Index;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Features.Refactorings;

/// <summary>Writes into the effects of a scene that an attribute of somebody is another from there on.</summary>
internal sealed class AddProgression : IRefactoring
{
    public string Name => "add-progression";

    public string Kind => "refactor.rewrite.add-progression";

    public IEnumerable<RefactoringOffer> Offers(RefactoringPlace place)
    {
        // Where the prose itself says it: `Ada's red hair`.
        if (place.Scene is { } scene && Stated(place) is var (who, field, value) && Addition(place, scene, who, field, value) is not null)
        {
            yield return new($"From “{scene.Name}” on, {field} of {who.Name}: {value}", new() { Who = place.Snapshot.IdOf(who), Field = field, Value = value });
        }
    }

    public RefactoringResult Change(RefactoringPlace place, RefactoringInput input)
    {
        if (place.Scene is not { } scene)
        {
            return RefactoringResult.Refused("There is no scene here. Set the cursor into the scene in which it happens.");
        }

        var who = input.Who is { Length: > 0 } given ? place.Snapshot.Resolve(given, null).Container
            : Things.At(place.Snapshot, place.Document, place.What, place.Span.Start) is [var one] && !one.IsSameAs(scene) ? one : null;
        if (who is null)
        {
            return RefactoringResult.Refused("Say who changes: set the cursor on a name, or give it under `who`.");
        }

        if (input.Field?.Trim() is not { Length: > 0 } field || input.Value?.Trim() is not { Length: > 0 } value || field.Any(char.IsControl) || value.Any(char.IsControl))
        {
            return RefactoringResult.Refused($"Say what of {who.Name} changes: `field` (as hair) and `value` (as red), each one line.");
        }

        return Addition(place, scene, who, field, value) is { } edit
            ? RefactoringResult.Of(WorkspaceChange.Edit(scene.Path, edit))
            : RefactoringResult.Refused($"The `effects` of “{scene.Name}” are written so that none can be added, or say it already. Scripts have none.");
    }

    private static TextEdit? Addition(RefactoringPlace place, Container scene, Container who, string field, string value)
    {
        var name = who.Fact.IdIsWritten || !place.Snapshot.Named(who.Name).Any(named => named.Container.IsSameAs(who)) ? place.Snapshot.IdOf(who) : who.Name;
        return Continuity.Edits.FieldEdits.AddToList(place.Snapshot, place.Document, scene.Fact, "effects", $"{{sets: {{who: {Flow(name)}, field: {Flow(field)}, to: {Flow(value)}}}}}");
    }

    private static string Flow(string text) => YamlText.Write(text, '\0', inFlow: true);

    private static (Container Who, string Field, string Value)? Stated(RefactoringPlace place)
    {
        if (!place.Span.IsEmpty || place.Document.Markdown is null || ProseReading.Of(place.Snapshot, place.Facts) is not { } prose)
        {
            return null;
        }

        var names = new StoryReading(StoryWorld.Of(place.Snapshot)).NamesIn(place.Facts);
        foreach (var paragraph in prose.Paragraphs.Where(paragraph => paragraph.Span.Touches(place.Span.Start)))
        {
            foreach (var sentence in paragraph.Sentences.Where(sentence => sentence.Touches(place.Span.Start)))
            {
                foreach (var statement in AttributePhrases.In(paragraph.Read(sentence, names)))
                {
                    var field = statement.Part == ColouredPart.Eyes ? "eyes" : "hair";
                    var value = place.Text.Slice(statement.Colour);
                    if (statement.Colour.Touches(place.Span.Start) && place.Snapshot.ContainersIn(statement.Who.Path).ElementAtOrDefault(statement.Who.Index) is { } who &&
                        NameKey.Of((who.Fact.Field(field)?.Value as Language.Yaml.YamlScalar)?.Value ?? "") != NameKey.Of(value))
                    {
                        return (who, field, value);
                    }
                }
            }
        }

        return null;
    }
}
