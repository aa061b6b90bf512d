using StoryLsp.Index;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Settings;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Features.Refactorings;

/// <summary>The list of scenes as it is written: in the settings, or in the index note of a Longform draft.</summary>
internal sealed class Manuscript
{
    private const int Deepest = 16;

    private Manuscript(Document document, YamlNode root)
    {
        Document = document;
        Root = root;
        Visit(root, 0);
    }

    /// <summary>A scene's entry: the list that it stands in, its place there, and the scene.</summary>
    public sealed record Entry(YamlSequence List, int Index, YamlScalar Scalar, Container Scene);

    /// <summary>The document that it is written in.</summary>
    public Document Document { get; }

    /// <summary>The whole list as it is written.</summary>
    public YamlNode Root { get; }

    /// <summary>The lists that hold scenes or nothing, in order.</summary>
    public List<YamlSequence> Lists { get; } = [];

    /// <summary>The texts of the list, in order.</summary>
    private List<(YamlSequence List, int Index, YamlScalar Scalar)> Scalars { get; } = [];

    /// <summary>The list of a workspace; null where there is none.</summary>
    public static Manuscript? Of(Snapshot snapshot) => snapshot.Derive(fresh => new Written(Read(fresh)), (_, now, _) => new Written(Read(now))).List;

    private static Manuscript? Read(Snapshot snapshot)
    {
        if (snapshot.Document(SettingsReader.FileName) is { } settings && snapshot.Settings.Manuscript is not null)
        {
            return settings.Yaml?.Documents is [{ Root: YamlMapping root }, ..] && root.Find("manuscript", StringComparison.OrdinalIgnoreCase)?.Value is { } list ? new(settings, list) : null;
        }

        return snapshot.Containers.Where(container => container.Fact.Field("longform")?.Value.Get("scenes") is YamlSequence { Items.Count: > 0 })
            .Select(container => snapshot.Document(container.Path) is { } document ? new Manuscript(document, container.Fact.Field("longform")!.Value.Get("scenes")!) : null)
            .FirstOrDefault();
    }

    /// <summary>The scenes that stand in it by themselves, in order.</summary>
    public IEnumerable<Entry> Entries(Snapshot snapshot)
    {
        foreach (var (list, index, scalar) in Scalars)
        {
            if (snapshot.Resolve(scalar.Value.Trim().Trim('[', ']'), "scene") is { Container: { } scene })
            {
                yield return new(list, index, scalar, scene);
            }
        }
    }

    /// <summary>The entry of a scene; null where it is not listed, or by its chapter or file.</summary>
    public Entry? Find(Snapshot snapshot, Container scene) => Entries(snapshot).FirstOrDefault(entry => entry.Scene.IsSameAs(scene));

    private void Visit(YamlNode node, int depth)
    {
        if (depth > Deepest)
        {
            return;
        }

        if (node is YamlMapping map)
        {
            foreach (var entry in map.Entries)
            {
                Visit(entry.Value, depth + 1);
            }
        }
        else if (node is YamlSequence list)
        {
            if (list.Items.All(item => item is not (YamlSequence or YamlMapping)))
            {
                Lists.Add(list);
            }

            for (var i = 0; i < list.Items.Count; i++)
            {
                if (list.Items[i] is YamlScalar scalar)
                {
                    Scalars.Add((list, i, scalar));
                }
                else
                {
                    Visit(list.Items[i], depth + 1);
                }
            }
        }
    }

    // What is derived from a snapshot must be something.
    private sealed record Written(Manuscript? List);
}
