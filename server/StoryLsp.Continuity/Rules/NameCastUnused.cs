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
        the reader see who is there. The point of view is left out: whoever tells a scene need not say so. So is everybody one word of whose name stands there.
        """;

    public override void Check(StoryReading story, DocumentFacts document, Action<Finding> report)
    {
        foreach (var scene in story.In(document.Path, "scene"))
        {
            var cast = scene.To("characters").Where(one => one.Target is { } key && scene.To("pov").All(pov => pov.Target != key)).ToList();
            if (cast.Count == 0 || story.Snapshot.Text(document.Path) is not { } text)
            {
                continue;
            }

            var prose = document.Prose.Where(prose => prose.Container == scene.Fact.Index).Select(prose => prose.Span).ToList();
            var words = prose.Sum(span => NameWords.Count(text.Text, span));
            if (words < FewestWords)
            {
                continue;
            }

            var named = NamesInProse.Of(story, document).Where(place => place.Mention.Owner == scene.Fact.Index).SelectMany(place => place.Mention.Candidates).ToHashSet();
            foreach (var one in cast)
            {
                if (!named.Contains(one.Target!.Value) && story.Find(one) is { } character && !IsHinted(story, document, text, prose, scene, character))
                {
                    report(new(Code, Severity, one.Span,
                        $"{character.Name} is in the cast, but the {words.ToString("N0", System.Globalization.CultureInfo.InvariantCulture)} words of this scene never name {character.Name}. Take the name out, or let the reader see that {character.Name} is there."));
                }
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

    // A family name that two share is no mention, and a link is one of its own kind: neither leaves somebody out.
    private static bool IsHinted(StoryReading story, DocumentFacts document, SourceText text, List<TextSpan> prose, StoryContainer scene, StoryContainer character)
    {
        if (document.Links.Any(link => link.Container == scene.Fact.Index && story.Snapshot.ResolveLink(link, document.Path).Container?.Key == character.Key))
        {
            return true;
        }

        var names = NameWords.Of(character.Fact);
        return prose.Exists(span => NameWords.AnyIn(text.Text, span, names));
    }
}
