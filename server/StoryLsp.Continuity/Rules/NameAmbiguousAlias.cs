using StoryLsp.Continuity.Naming;
using StoryLsp.Continuity.Story;
using StoryLsp.Index;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;

namespace StoryLsp.Continuity.Rules;

/// <summary><c>name/ambiguous-alias</c></summary>
internal sealed class NameAmbiguousAlias : StoryRule
{
    public override string Code => "name/ambiguous-alias";

    public override Severity Severity => Severity.Warning;

    public override string Summary => "A scene names somebody by an alias that several write, and nobody of them is in its cast, or more than one.";

    public override string Documentation => """
        Two captains are on board, both with the alias `the Captain`, and the scene does not say which of them is in it. Your readers may know; the notes
        do not, and what is said of the Captain here is lost for both. Link the one that you mean (`[[tom|the Captain]]`), or name him in the `characters` or
        `mentions` of the scene: one in the cast decides for the whole scene.
        """;

    public override void Check(StoryReading story, DocumentFacts document, Action<Finding> report)
    {
        foreach (var place in NamesInProse.Of(story, document))
        {
            if (place.Meant.Count < 2 || !IsInScene(story, document, place.Mention.Owner))
            {
                continue;
            }

            var candidates = place.Meant.Select(key => story.Find(key)).OfType<StoryContainer>().ToList();
            var text = story.Snapshot.Text(document.Path)?.Slice(place.Mention.NameSpan) ?? "";
            var written = candidates.Select(candidate => WrittenAs(candidate, text)).ToList();
            if (candidates.Count < 2 || written.Contains(null))
            {
                continue;
            }

            report(new(Code, Severity, place.Mention.Span,
                $"{text} may be {Wording.All(candidates.Select(candidate => candidate.Name)).Replace(" and ", " or ", StringComparison.Ordinal)}: all of them write this name, and the cast of the scene " +
                "does not decide. Link the one that you mean, or name that one alone in `characters` or `mentions`.")
            {
                Related = candidates.Count == 2 ? [.. written.OfType<RelatedPlace>()] : [],
            });
        }
    }

    public override IEnumerable<Fix> Fixes(Snapshot snapshot, Document document, Finding finding)
    {
        var mention = snapshot.Mentions.In(document.Path).FirstOrDefault(mention => mention.Span == finding.Span);
        if (mention.Candidates is null || document.Markdown is null)
        {
            yield break;
        }

        foreach (var key in snapshot.Mentions.Meant(document.Path, mention))
        {
            if (snapshot.ContainersIn(key.Path).ElementAtOrDefault(key.Index) is { } candidate && ReferenceText.InLink(snapshot, candidate, document) is { } target)
            {
                yield return new($"Link to {candidate.Name}", WorkspaceChange.Edit(document.Path, new Language.Text.TextEdit(finding.Span, $"[[{target}|{document.Text.Slice(finding.Span)}]]")));
            }
        }
    }

    // Notes and chapters of a plan name people as they like; a scene has a cast.
    private static bool IsInScene(StoryReading story, DocumentFacts document, int owner) =>
        owner >= 0 && owner < document.Containers.Count && story.Snapshot.Schemas.IsKindOf(document.Containers[owner].Type, "scene");

    private static RelatedPlace? WrittenAs(StoryContainer candidate, string text)
    {
        var key = Language.Text.NameKey.Of(text);
        foreach (var alias in candidate.Fact.Aliases)
        {
            if (Language.Text.NameKey.Of(alias.Text) == key)
            {
                return candidate.Place(alias.Span, $"An alias of {candidate.Name}.");
            }
        }

        return Language.Text.NameKey.Of(candidate.Name) == key ? candidate.Place(candidate.Fact.NameSpan ?? candidate.Fact.SelectionSpan, $"The name of {candidate.Name}.") : null;
    }
}
