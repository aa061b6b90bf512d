using StoryLsp.Continuity.Prose;
using StoryLsp.Continuity.State;
using StoryLsp.Continuity.Story;
using StoryLsp.Index;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;

namespace StoryLsp.Continuity.Naming;

/// <summary>That somebody says or does something who is dead by then, or not yet born.</summary>
/// <param name="Name">Their name.</param>
/// <param name="Span">The words, in UTF-16 code units of the document.</param>
/// <param name="Message">What is wrong, in a sentence.</param>
public sealed record DeadAct(string Name, TextSpan Span, string Message);

/// <summary>
/// Finds those who speak or act in the prose of a scene though they are entailed to be dead there, or unborn: what <c>time/dead-acts</c> finds by the cast, found
/// by the words. Flashbacks and dreams are left alone, and so is whatever is no plain statement (see <c>ActPhrases</c>).
/// </summary>
public static class DeadActs
{
    /// <summary>What is said and done so in a document, in order.</summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="path">Workspace-relative path of the document.</param>
    public static IReadOnlyList<DeadAct> In(Snapshot snapshot, string path)
    {
        if (!snapshot.IsComplete || snapshot.Facts(path) is not { } facts || snapshot.Text(path) is not { } text || text.Length != facts.Lines.TextLength || ProseReading.Of(snapshot, facts) is not { } prose)
        {
            return [];
        }

        var story = new StoryReading(StoryWorld.Of(snapshot));
        var names = story.NamesIn(facts);
        var result = new List<DeadAct>();
        ProseParagraph? before = null;
        foreach (var paragraph in prose.Paragraphs)
        {
            if (SceneAt(story, path, paragraph.Span.Start) is { Timeline: not (SceneTimeline.Flashback or SceneTimeline.Dream) } scene)
            {
                foreach (var act in ActPhrases.In(paragraph, before, names))
                {
                    Add(result, story, scene, act.Who, act.Span, act.Speaks);
                }
            }

            before = paragraph;
        }

        if (facts.Kind == DocumentKind.Fountain && snapshot.Document(path)?.Fountain is { } script)
        {
            AddCues(result, story, path, text, script.Scenes.SelectMany(scene => scene.Cues));
        }

        return result;
    }

    // Who has a line in a script speaks; a voice that is only heard may be of another time.
    private static void AddCues(List<DeadAct> result, StoryReading story, string path, SourceText text, IEnumerable<NameFact> cues)
    {
        foreach (var cue in cues)
        {
            var line = text.Slice(text.GetLineSpan(text.Lines.GetLine(cue.Span.Start)));
            if (!line.Contains('(', StringComparison.Ordinal) && SceneAt(story, path, cue.Span.Start) is { Timeline: not (SceneTimeline.Flashback or SceneTimeline.Dream) } scene &&
                story.Snapshot.Resolve(cue.Text, "character", path).Container is { } who)
            {
                Add(result, story, scene, who.Key, TextSpan.FromBounds(cue.Span.Start, EndOfSpeech(text, cue.Span.End)), true);
            }
        }
    }

    private static int EndOfSpeech(SourceText text, int start)
    {
        var rest = text.Text.AsSpan(start);
        var end = rest.IndexOf("\n\n");
        end = end < 0 ? rest.IndexOf("\r\n\r\n") : end;
        return end < 0 ? text.Length : start + end;
    }

    private static StoryContainer? SceneAt(StoryReading story, string path, int at) => story.In(path, "scene").Where(scene => scene.Fact.Span.Touches(at)).MinBy(scene => scene.Fact.Span.Length);

    private static void Add(List<DeadAct> result, StoryReading story, StoryContainer scene, ContainerKey who, TextSpan span, bool speaks)
    {
        if (!story.IsKindOf(who, "character") || story.Find(who) is not { } person)
        {
            return;
        }

        var does = speaks ? "speaks" : "acts";
        if (Lifetime.DeathBefore(story, who, Cast.At(scene)) is var (death, _))
        {
            result.Add(new(person.Name, span, $"{person.Name} died {story.WhenOf(death)}, and {does} here."));
        }
        else if (Lifetime.BirthAfter(story, who, Cast.At(scene)) is var (birth, _))
        {
            result.Add(new(person.Name, span, $"{person.Name} is born only {story.WhenOf(birth)}, and {does} here."));
        }
    }
}
