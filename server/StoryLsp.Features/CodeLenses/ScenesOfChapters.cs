using System.Globalization;
using StoryLsp.Continuity.Story;
using StoryLsp.Index;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Features.CodeLenses;

/// <summary>Which scenes belong to which chapter, found in one pass over the story: a scene in a chapter's file, one that names it, and one that says its number.</summary>
internal sealed class ScenesOfChapters
{
    private readonly Dictionary<ContainerKey, List<Container>> _named = [];
    private readonly Dictionary<double, List<Container>> _numbered = [];
    private readonly Dictionary<string, List<Container>> _inFile = new(StringComparer.Ordinal);

    private ScenesOfChapters(Snapshot snapshot)
    {
        foreach (var scene in snapshot.Narrative.Scenes(snapshot))
        {
            if (scene.Fact.Field("chapter")?.Value.AsText() is not { Length: > 0 } written)
            {
                Add(_inFile, scene.Path, scene);
            }
            else if (Number(written) is { } number)
            {
                Add(_numbered, number, scene);
            }
            else if (snapshot.Resolve(written.Trim('[', ']'), "chapter", scene.Path).Container is { } named)
            {
                Add(_named, named.Key, scene);
            }
        }
    }

    /// <summary>The scenes of a snapshot by their chapters.</summary>
    public static ScenesOfChapters Of(Snapshot snapshot) => snapshot.Derive(fresh => new ScenesOfChapters(fresh), (_, now, _) => new ScenesOfChapters(now));

    /// <summary>The scenes of a chapter.</summary>
    public IEnumerable<Container> In(StoryContainer chapter)
    {
        IEnumerable<Container> found = _named.GetValueOrDefault(chapter.Key) ?? [];
        if (Number(chapter.Text("number")) is { } number)
        {
            found = found.Concat(_numbered.GetValueOrDefault(number) ?? []);
        }

        // The file is the chapter's whose first container is the chapter.
        return chapter.Key.Index == 0 ? found.Concat(_inFile.GetValueOrDefault(chapter.Path) ?? []) : found;
    }

    private static void Add<TKey>(Dictionary<TKey, List<Container>> lists, TKey key, Container scene)
        where TKey : notnull
    {
        if (!lists.TryGetValue(key, out var list))
        {
            lists.Add(key, list = []);
        }

        list.Add(scene);
    }

    private static double? Number(string? written) => double.TryParse(written, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
