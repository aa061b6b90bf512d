using System.Buffers;
using System.Globalization;
using StoryLsp.Continuity.Edits;
using StoryLsp.Continuity.Prose;
using StoryLsp.Continuity.Story;
using StoryLsp.Index;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Continuity.Rules;

/// <summary><c>state/attribute</c></summary>
internal sealed class StateAttribute : StoryRule
{
    private static readonly SearchValues<string> Nouns = SearchValues.Create(["eye", "hair", "curls", "locks", "tresses", "braid", "plait", "ponytail"], StringComparison.OrdinalIgnoreCase);

    private const int MostLaterScenes = 200;

    public override string Code => "state/attribute";

    public override Severity Severity => Severity.Warning;

    public override string Summary => "The text gives somebody eyes or hair of another colour than they have at that scene.";

    public override string Documentation => """
        With `eyes: brown` in Ada's file, *Ada's green eyes* is a slip. The colours of eyes and hair are understood where the text says plainly whose they
        are: `Ada's brown eyes`, `Ada's hair was red`, `Ada had brown eyes`, `brown-eyed Ada`, `the brown eyes of Ada`, `Ada, with her brown eyes`. Words that are used for one another
        (grey and silver, red and auburn, blond and fair) agree. What is said in dialogue, in doubt, in denial, by lamplight or moonlight, in
        comparison with somebody, or of another time is left alone.

        What somebody looks like may change: an effect `ada hair: red` in a scene, or a progression of the character, holds from that scene on:

        ```yaml
        hair: brown
        progressions:
          - {from: the-station, field: hair, to: red}
        ```
        """;

    public override void Check(StoryReading story, DocumentFacts document, Action<Finding> report)
    {
        if (ProseReading.Of(story.Snapshot, document) is not { } prose || prose.Text.AsSpan().IndexOfAny(Nouns) < 0)
        {
            return;
        }

        foreach (var (statement, scene) in Statements(story, document, prose))
        {
            if (story.Find(statement.Who) is { } who && MayBeTheirs(who, statement.Pronoun) && KnownLook.Of(story, who, statement.Part, scene) is { } known &&
                (known.Hues & statement.Hues) == Hues.None)
            {
                report(FindingOf(story, prose, statement, who, known, scene));
            }
        }
    }

    public override IEnumerable<Fix> Fixes(Snapshot snapshot, Document document, Finding finding)
    {
        if (finding.Data is not [var phrase, var path, var index, var field, var scene])
        {
            yield break;
        }

        if (phrase.Length > 0)
        {
            yield return new($"Replace with `{phrase}`", WorkspaceChange.Edit(document.Path, Replacement(document.Text.Text, finding.Span, phrase)), IsPreferred: true);
        }

        var colour = document.Text.Slice(finding.Span).ToLowerInvariant();
        var part = field.StartsWith("eye", StringComparison.OrdinalIgnoreCase) ? ColouredPart.Eyes : ColouredPart.Hair;
        if (scene.Length > 0 && snapshot.Document(path) is { } home && snapshot.ContainersIn(path).ElementAtOrDefault(int.Parse(index, CultureInfo.InvariantCulture)) is { } who &&
            !IsOtherwiseLater(snapshot, document.Path, finding.Span, who.Key, part, ColourWords.Of(colour, part)) &&
            FieldEdits.AddToList(snapshot, home, who.Fact, "progressions", $"{{from: {YamlText.Scalar(scene)}, field: {YamlText.Scalar(field)}, to: {YamlText.Scalar(colour)}}}") is { } edit)
        {
            yield return new($"Let {who.Name} have {colour} {(part == ColouredPart.Eyes ? "eyes" : "hair")} from this scene on", WorkspaceChange.Edit(path, edit));
        }
    }

    /// <summary>Whether a scene that is read later says another colour, as far as is looked: a change that it contradicts would mend one fault with another.</summary>
    private static bool IsOtherwiseLater(Snapshot snapshot, string path, TextSpan here, ContainerKey who, ColouredPart part, Hues hues)
    {
        var story = new StoryReading(StoryWorld.Of(snapshot));
        var position = snapshot.ContainerAt(path, here.Start) is { } scene ? story.NarrativePosition(scene.Key) ?? 0 : 0;
        var later = story.ScenesInOrder().Skip(position + 1).Take(MostLaterScenes).ToHashSet();
        foreach (var facts in later.Select(one => one.Path).Append(path).Distinct().Select(snapshot.Facts).OfType<DocumentFacts>())
        {
            if (ProseReading.Of(snapshot, facts) is { } prose && Statements(story, facts, prose).Any(one =>
                one.Statement.Who == who && one.Statement.Part == part && (one.Statement.Hues & hues) == Hues.None && one.Scene is { } found && later.Contains(found.Key)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What the prose of a document states of eyes and hair, and in which scene; dreams are left out.</summary>
    private static IEnumerable<(AttributeStatement Statement, StoryContainer? Scene)> Statements(StoryReading story, DocumentFacts document, ProseReading prose)
    {
        var containers = story.In(document.Path);
        foreach (var (paragraph, sentence) in prose.SentencesWith(story.NamesIn(document), Nouns))
        {
            var owner = paragraph.Container >= 0 && paragraph.Container < containers.Count ? containers[paragraph.Container] : null;
            var scene = owner is not null && story.Snapshot.Schemas.IsKindOf(owner.Type, "scene") ? owner : null;
            if (scene is not { Timeline: SceneTimeline.Dream })
            {
                foreach (var statement in AttributePhrases.In(sentence))
                {
                    yield return (statement, scene);
                }
            }
        }
    }

    private Finding FindingOf(StoryReading story, ProseReading prose, AttributeStatement statement, StoryContainer who, KnownLook known, StoryContainer? scene)
    {
        var noun = statement.Part == ColouredPart.Eyes ? "eyes" : "hair";
        var stated = prose.Text.AsSpan(statement.Colour.Start, statement.Colour.Length).ToString().ToLowerInvariant();
        var since = known.Since is { } change ? $" {story.WhenOf(change)}" : "";
        var sceneId = scene is { Timeline: SceneTimeline.Linear } && story.NarrativePosition(scene.Key) is not null && IdOf(story, scene) is { } id ? id : "";
        return new(Code, Severity, statement.Colour,
            $"{who.Name} has {stated} {noun} here, but `{noun}` of {who.Name} was {(known.Since is null ? "given" : "set")} as `{known.Value}`{since}. Correct the text, or let the change be seen.")
        {
            Related = known.Places,
            Data =
            [
                ColourWords.PhraseOf(known.Value, statement.Part) ?? "", who.Path, who.Key.Index.ToString(CultureInfo.InvariantCulture), noun, sceneId,
            ],
        };
    }

    private static string? IdOf(StoryReading story, StoryContainer scene) =>
        story.Snapshot.Resolve(scene.Id, "scene").Container is { } found && found.Key == scene.Key ? scene.Id : null;

    private static bool MayBeTheirs(StoryContainer who, string pronoun)
    {
        if (pronoun.Length == 0 || who.Text("pronouns") is not { } pronouns)
        {
            return true;
        }

        var words = pronouns.Split([' ', '/', ',', ';'], StringSplitOptions.RemoveEmptyEntries);
        return words.Contains(pronoun, StringComparer.OrdinalIgnoreCase) ||
            words.Contains(pronoun switch { "her" => "she", "his" => "he", "their" => "they", _ => "it" }, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Puts a colour in the place of another, with the article that it needs, and with hyphens where it is part of a word.</summary>
    private static TextEdit Replacement(string text, TextSpan colour, string phrase)
    {
        if (colour.End < text.Length && text[colour.End] == '-')
        {
            phrase = phrase.Replace(' ', '-');
        }

        if (char.IsUpper(text[colour.Start]))
        {
            phrase = char.ToUpperInvariant(phrase[0]) + phrase[1..];
        }

        var before = text.AsSpan(0, colour.Start);
        if (before.EndsWith(" an ", StringComparison.OrdinalIgnoreCase) && !IsVowel(phrase[0]))
        {
            return new(TextSpan.FromBounds(colour.Start - 2, colour.End), " " + phrase);
        }

        return before.EndsWith(" a ", StringComparison.OrdinalIgnoreCase) && IsVowel(phrase[0]) ? new(TextSpan.FromBounds(colour.Start - 1, colour.End), "n " + phrase) : new(colour, phrase);
    }

    private static bool IsVowel(char letter) => "aeioAEIO".Contains(letter);
}
