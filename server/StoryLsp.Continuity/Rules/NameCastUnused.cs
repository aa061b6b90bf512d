using StoryLsp.Continuity.Edits;
using StoryLsp.Continuity.Naming;
using StoryLsp.Continuity.Story;
using StoryLsp.Index;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Mentions;
using StoryLsp.Language.Text;

namespace StoryLsp.Continuity.Rules;

/// <summary><c>name/cast-unused</c></summary>
internal sealed class NameCastUnused : StoryRule
{
    private const int FewestWords = 200;

    public override string Code => "name/cast-unused";

    public override Severity Severity => Severity.Hint;

    public override string Summary => "A scene lists a character whom its prose, of 200 words or more, never names.";

    public override string Documentation => """
        Somebody who is in `characters` and in none of 200 words or more may have been cut from the scene and left in its list. Take the name out, or let
        the reader see who is there. The point of view is left out: whoever tells a scene need not say so. So is everybody one word of whose name stands
        there, but as a part of somebody else's name: *Gwendolen Tremaine* does not name Ludovic Tremaine.
        """;

    public override void Check(StoryReading story, DocumentFacts document, Action<Finding> report)
    {
        foreach (var scene in story.In(document.Path, "scene"))
        {
            var cast = scene.To("characters").Where(one => one.Target is { } key && scene.To("pov").All(pov => pov.Target != key)).ToList();
            if (cast.Count > 0 && story.Snapshot.Text(document.Path) is { } text)
            {
                Check(story, document, text, scene, cast, report);
            }
        }
    }

    public override IEnumerable<Fix> Fixes(Snapshot snapshot, Document document, Finding finding)
    {
        if (snapshot.ContainerAt(document.Path, finding.Span.Start) is { } scene &&
            FieldEdits.RemoveFromList(document, scene.Fact, "characters", finding.Span) is { } edit)
        {
            yield return new("Take out of `characters`", WorkspaceChange.Edit(document.Path, edit), IsPreferred: true);
        }
    }

    private void Check(StoryReading story, DocumentFacts document, SourceText text, StoryContainer scene, List<StoryReference> cast, Action<Finding> report)
    {
        var named = NamesInProse.Of(story, document).Where(place => place.Mention.Owner == scene.Fact.Index).SelectMany(place => place.Mention.Candidates).ToHashSet();
        var waiting = new Dictionary<ContainerKey, HashSet<string>>();
        foreach (var one in cast)
        {
            if (!named.Contains(one.Target!.Value) && story.Find(one) is { } character && !IsLinked(story, document, scene, character))
            {
                waiting[character.Key] = NameWords.Of(character.Fact);
            }
        }

        if (waiting.Count == 0)
        {
            return;
        }

        // A family name that two share is no mention, and yet it leaves nobody out; beside a given name it is the other's.
        var others = NamesInProse.Of(story, document).Select(place => place.Mention).Where(mention => mention.Owner == scene.Fact.Index && IsSeveralWords(text.Text, mention.NameSpan))
            .Select(mention => mention.NameSpan).OrderBy(span => span.Start).ToList();
        var words = document.Prose.Where(prose => prose.Container == scene.Fact.Index).Sum(prose => NameWords.Count(text.Text, prose.Span, waiting, others));
        foreach (var one in cast)
        {
            if (words >= FewestWords && waiting.ContainsKey(one.Target!.Value) && story.Find(one) is { } character)
            {
                report(new(Code, Severity, one.Span,
                    $"{character.Name} is in the cast, but the {words.ToString("N0", System.Globalization.CultureInfo.InvariantCulture)} words of this scene never name {character.Name}. Take the name out, or let the reader see that {character.Name} is there."));
            }
        }
    }

    private static bool IsSeveralWords(string text, TextSpan name) => NameWords.In(text, name).Skip(1).Any();

    private static bool IsLinked(StoryReading story, DocumentFacts document, StoryContainer scene, StoryContainer character) =>
        document.Links.Any(link => link.Container == scene.Fact.Index && story.Snapshot.ResolveLink(link, document.Path).Container?.Key == character.Key);
}
