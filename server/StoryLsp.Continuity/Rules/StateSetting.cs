using StoryLsp.Continuity.Edits;
using StoryLsp.Continuity.Prose;
using StoryLsp.Continuity.Story;
using StoryLsp.Index;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Continuity.Rules;

/// <summary><c>state/setting</c></summary>
internal sealed class StateSetting : StoryRule
{
    public override string Code => "state/setting";

    public override Severity Severity => Severity.Warning;

    public override string Summary => "A scene heading names another place than the scene's `location`.";

    public override string Documentation => """
        `INT. LIBRARY - NIGHT` says where a scene is played, and so does its `location: dining-room`: one of them is wrong. The heading may name the place
        itself, what it lies `within`, or a part of it; a place that nobody has written down says nothing. Correct the heading, or the `location`.
        """;

    public override void Check(StoryReading story, DocumentFacts document, Action<Finding> report)
    {
        foreach (var scene in story.In(document.Path, "scene"))
        {
            if (scene.One("location") is not { } location || story.Find(location) is not { } place || ProseReading.Of(story.Snapshot, document) is not { } prose)
            {
                continue;
            }

            foreach (var heading in prose.SceneHeadings.Where(heading => heading.Container == scene.Fact.Index))
            {
                if (Other(story, heading, place) is var (name, other))
                {
                    report(new(Code, Severity, name.Span,
                        $"The heading says {other.Name}, but the scene is at {place.Name}, which is no part of it. Correct the heading, or the `location` of the scene.")
                    {
                        Related = [scene.Place(location.Span, "Where the scene is.")],
                        Data = [place.Name, other.Id, scene.Fact.Index.ToString(System.Globalization.CultureInfo.InvariantCulture)],
                    });
                }
            }
        }
    }

    public override IEnumerable<Fix> Fixes(Snapshot snapshot, Document document, Finding finding)
    {
        if (finding.Data is not [var right, var other, var index] || snapshot.ContainersIn(document.Path).ElementAtOrDefault(int.Parse(index, System.Globalization.CultureInfo.InvariantCulture)) is not { } scene)
        {
            yield break;
        }

        // A scene whose id is its heading would be another one with another heading.
        var written = document.Text.Slice(finding.Span);
        var isItsId = scene.Fact.Origin == ContainerOrigin.Heading && !scene.Fact.IdIsWritten && scene.Fact.NameSpan is { } name && name.Contains(finding.Span);
        if (!isItsId)
        {
            yield return new($"Replace with `{InCaseOf(right, written)}`", WorkspaceChange.Edit(document.Path, new TextEdit(finding.Span, InCaseOf(right, written))), IsPreferred: true);
        }

        if (FieldEdits.Set(snapshot, document, scene.Fact, "location", YamlText.Scalar(other)) is { } edit)
        {
            yield return new($"Set `location` to `{other}`", WorkspaceChange.Edit(document.Path, edit));
        }
    }

    private static string InCaseOf(string name, string written) => written.Any(char.IsLower) ? name : name.ToUpperInvariant();

    /// <summary>The part of a heading that names a place which has nothing to do with that of the scene; null where there is none, or where it may be meant otherwise.</summary>
    private static (NameFact Name, StoryContainer Place)? Other(StoryReading story, SceneHeadingLine heading, StoryContainer place)
    {
        var around = story.WithinOf(place);
        if (around.Contains(null))
        {
            return null;
        }

        var named = new List<(NameFact Name, StoryContainer Place, IReadOnlyList<StoryContainer?> Around)>();
        foreach (var part in heading.Places.SelectMany(Split))
        {
            if (story.PlaceNamed(part.Text) is { } known)
            {
                named.Add((part, known, story.WithinOf(known)));
            }
        }

        if (named.Exists(one => one.Place == place || one.Around.Contains(place) || one.Around.Contains(null)))
        {
            return null;
        }

        // Of several places the smallest counts: the library of a manor that is named before it, if it is that manor's.
        var others = named.Where(one => !around.Contains(one.Place)).ToList();
        return others is [.., var last] && named.TrueForAll(one => one.Around.Contains(last.Place) || last.Around.Contains(one.Place)) ? (last.Name, last.Place) : null;
    }

    // A heading may name two places at once: INT. LIBRARY / HALL.
    private static IEnumerable<NameFact> Split(NameFact part)
    {
        yield return part;
        foreach (var mark in (char[])['/', ','])
        {
            var start = 0;
            while (part.Text.Contains(mark, StringComparison.Ordinal) && start <= part.Text.Length)
            {
                var end = part.Text.IndexOf(mark, start) is >= 0 and var found ? found : part.Text.Length;
                var piece = part.Text[start..end];
                var lead = piece.Length - piece.TrimStart().Length;
                if (piece.Trim() is { Length: > 0 } name)
                {
                    yield return new(name, new(part.Span.Start + start + lead, name.Length));
                }

                start = end + 1;
            }
        }
    }
}
