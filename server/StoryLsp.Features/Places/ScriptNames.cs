using System.Globalization;
using System.Runtime.CompilerServices;
using StoryLsp.Index;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;

namespace StoryLsp.Features.Places;

/// <summary>A name in the form of a script.</summary>
/// <param name="Container">Index of the scene that it stands in.</param>
/// <param name="Span">The name, in UTF-16 code units.</param>
/// <param name="Text">As written, mostly in capitals.</param>
/// <param name="Field">The field that says the same elsewhere: <c>characters</c> of a cue, <c>location</c> of a heading.</param>
internal sealed record ScriptName(int Container, TextSpan Span, string Text, string Field);

/// <summary>Who speaks in a Fountain script, and where its scenes are: what fields say elsewhere, cues and headings say there.</summary>
internal static class ScriptNames
{
    private const string Dash = " - ";

    // Facts stay the same until their document changes, so each script is gone through once.
    private static readonly ConditionalWeakTable<DocumentFacts, IReadOnlyList<ScriptName>> Known = [];

    /// <summary>Whether a script may name a container so: a character or a place.</summary>
    public static bool MayName(Snapshot snapshot, Container container) => snapshot.Schemas.IsKindOf(container.Type, "character") || snapshot.Schemas.IsKindOf(container.Type, "location");

    /// <summary>The names of a script that name something known, in order, with what they mean; none of any other document.</summary>
    public static IEnumerable<(ScriptName Name, IReadOnlyList<Container> Meant)> In(Snapshot snapshot, DocumentFacts facts)
    {
        if (facts.Kind != DocumentKind.Fountain)
        {
            yield break;
        }

        if (!Known.TryGetValue(facts, out var names))
        {
            if (snapshot.Document(facts.Path) is not { } document || document.Text.Length != facts.Lines.TextLength)
            {
                yield break;
            }

            Known.AddOrUpdate(facts, names = [.. Read(document)]);
        }

        foreach (var name in names)
        {
            foreach (var found in Meant(snapshot, facts.Path, name))
            {
                yield return found;
            }
        }
    }

    /// <summary>The name at an offset of a script, or null.</summary>
    public static NamePlace? At(Snapshot snapshot, Document document, int offset)
    {
        foreach (var name in Read(document).Where(name => name.Span.Touches(offset)))
        {
            foreach (var (part, meant) in Meant(snapshot, document.Path, name))
            {
                if (part.Span.Touches(offset))
                {
                    return new(part.Span, part.Text, meant);
                }
            }
        }

        return null;
    }

    private static IEnumerable<ScriptName> Read(Document document)
    {
        foreach (var scene in document.Fountain?.Scenes ?? [])
        {
            var index = document.Facts.Containers.FirstOrDefault(container => container.Origin == ContainerOrigin.FountainScene && container.Span == scene.Span)?.Index ?? -1;
            if (scene.Place is { } place)
            {
                yield return new(index, place.Span, place.Text, "location");
            }

            foreach (var cue in scene.Cues)
            {
                yield return new(index, cue.Span, cue.Text, "characters");
            }
        }
    }

    private static IEnumerable<(ScriptName Name, IReadOnlyList<Container> Meant)> Meant(Snapshot snapshot, string path, ScriptName name)
    {
        if (Resolved(snapshot, path, name) is { Count: > 0 } meant)
        {
            yield return (name, meant);
            yield break;
        }

        // `MANOR - LIBRARY`: the larger place, and the smaller one in it.
        for (var start = 0; name.Field == "location" && name.Text.Contains(Dash, StringComparison.Ordinal) && start < name.Text.Length;)
        {
            var end = name.Text.IndexOf(Dash, start, StringComparison.Ordinal) is >= 0 and var dash ? dash : name.Text.Length;
            var part = name with { Span = new(name.Span.Start + start, end - start), Text = name.Text[start..end] };
            if (Resolved(snapshot, path, part) is { Count: > 0 } smaller)
            {
                yield return (part, smaller);
            }

            start = end + Dash.Length;
        }
    }

    private static List<Container> Resolved(Snapshot snapshot, string path, ScriptName name)
    {
        var type = name.Field == "location" ? "location" : "character";
        var found = snapshot.Resolve(name.Text, type, path).Candidates.Where(candidate => snapshot.Schemas.IsKindOf(candidate.Type, type)).ToList();
        return found.Count > 0 || type == "location" ? found : ByPartOfName(snapshot, path, name);
    }

    // The cue TOM is Tom Reed, as the word Tom is in prose.
    private static List<Container> ByPartOfName(Snapshot snapshot, string path, ScriptName name)
    {
        var spelled = CultureInfo.InvariantCulture.TextInfo.ToTitleCase(name.Text.ToLowerInvariant());
        var mention = snapshot.Mentions.Inside(spelled, new(0, spelled.Length), name.Container).FirstOrDefault(mention => mention.Span.Length == spelled.Length);
        return mention.Candidates is null
            ? []
            : [.. snapshot.Mentions.Meant(path, mention).Select(key => snapshot.ContainersIn(key.Path).ElementAtOrDefault(key.Index)).OfType<Container>()
                .Where(container => snapshot.Schemas.IsKindOf(container.Type, "character"))];
    }
}
