using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;

namespace StoryLsp.Index;

/// <summary>
/// What a document gives to others and takes from them, as keys. When what a document gives changes, the findings of just
/// those documents that take one of the changed keys may change.
/// </summary>
internal static class DocumentKeys
{
    /// <summary>The key of everything that the narrative order depends on.</summary>
    public const string Narrative = "narrative:";

    /// <summary>The keys that a document gives, each with a signature of what stands behind it.</summary>
    public static Dictionary<string, string> Given(DocumentFacts facts)
    {
        var result = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var container in facts.Containers)
        {
            foreach (var (key, rank, text) in Names(facts, container))
            {
                Append(result, key, $"{container.Index}:{container.Type}:{container.IdIsWritten}:{rank}:{text}");
            }
        }

        foreach (var unknown in facts.UnknownFields)
        {
            Append(result, FieldKey(facts.Containers[unknown.Container].Type, unknown.Key), $"{unknown.Container}:{unknown.Owner}");
        }

        if (NarrativeOrder.SignatureOf(facts) is { Length: > 0 } narrative)
        {
            Append(result, Narrative, narrative);
        }

        if (facts.Headings.Count + facts.BlockAnchors.Count > 0)
        {
            var anchors = string.Join('\n', facts.Headings.Select(heading => heading.Slug + "|" + heading.Text).Concat(facts.BlockAnchors));
            // A link finds a page by its file, or by any name of a container in it.
            var names = facts.Containers.SelectMany(container => Names(facts, container)).Select(name => name.Key);
            foreach (var name in names.Append(FileSet.StemKey(facts.Path)).Distinct(StringComparer.Ordinal).ToList())
            {
                Append(result, AnchorKey(name), anchors);
            }
        }

        return result;
    }

    /// <summary>The keys that a document's findings depend on.</summary>
    public static HashSet<string> Taken(DocumentFacts facts)
    {
        var result = new HashSet<string>(StringComparer.Ordinal);
        foreach (var reference in facts.References)
        {
            result.Add(NameKey.Of(reference.Text));
            if (reference.IsLink || reference.IsInManuscript)
            {
                result.Add(FileSet.StemKey(reference.Text));
            }

            if (!reference.IsLink)
            {
                // What is wrong with a value depends on whether it is several names.
                foreach (var name in Language.Documents.NameList.Split(reference.Text))
                {
                    result.Add(NameKey.Of(Language.Documents.NameList.Target(name)));
                }
            }
        }

        foreach (var link in facts.Links)
        {
            TakeLink(result, facts, link);
        }

        foreach (var container in facts.Containers)
        {
            // A written id depends on others that write the same one.
            result.Add(NameKey.Of(container.Id));
            foreach (var name in StoryNames.In(container))
            {
                result.Add(NameKey.Of(name));
            }
        }

        foreach (var unknown in facts.UnknownFields)
        {
            result.Add(FieldKey(facts.Containers[unknown.Container].Type, unknown.Key));
        }

        return result;
    }

    /// <summary>The keys under which a container is found, with their rank and the text as written.</summary>
    public static IEnumerable<(string Key, NameRank Rank, string Text)> Names(DocumentFacts facts, ContainerFact container)
    {
        yield return (NameKey.Of(container.Id), container.IdIsWritten ? NameRank.WrittenId : NameRank.DerivedId, container.Id);
        yield return (NameKey.Of(container.Name), NameRank.ExactName, container.Name);
        foreach (var alias in container.Aliases)
        {
            yield return (NameKey.Of(alias.Text), NameRank.ExactName, alias.Text);
        }

        if (!container.IdIsWritten)
        {
            var prefixed = PrefixedId(facts, container);
            yield return (NameKey.Of(prefixed), NameRank.DerivedId, prefixed);
        }

        if (IsFileItself(container))
        {
            var dot = facts.Path.LastIndexOf('.');
            yield return (NameKey.Of(facts.Path), NameRank.Path, facts.Path);
            yield return (NameKey.Of(facts.Path[..dot]), NameRank.Path, facts.Path[..dot]);
        }
    }

    /// <summary>The id that a container takes when its derived id collides: with its folder in front.</summary>
    public static string PrefixedId(DocumentFacts facts, ContainerFact container)
    {
        var folder = FileSet.FolderOf(facts.Path);
        var name = folder[(folder.LastIndexOf('/') + 1)..];
        return name.Length == 0 ? container.Id : Slug.Of(name) + "-" + container.Id;
    }

    /// <summary>Whether the container is the whole file: the first one, not inside a bigger file.</summary>
    public static bool IsFileItself(ContainerFact container) =>
        container is { Index: 0, Origin: ContainerOrigin.MarkdownFile or ContainerOrigin.YamlDocument or ContainerOrigin.FountainScript };

    /// <summary>The key of an unknown field of a type.</summary>
    public static string FieldKey(string type, string key) => "field:" + type + ":" + key.ToLowerInvariant();

    private static string AnchorKey(string stem) => "anchor:" + stem;

    private static void TakeLink(HashSet<string> result, DocumentFacts facts, LinkFact link)
    {
        if (link.Target.Length > 0)
        {
            result.Add(NameKey.Of(link.Target));
            result.Add(FileSet.StemKey(link.Target));
            result.Add(NameKey.Of(link.Target[(link.Target.LastIndexOf('/') + 1)..]));
        }

        if (link.Anchor is not null)
        {
            result.Add(AnchorKey(link.Target.Length == 0 ? FileSet.StemKey(facts.Path) : FileSet.StemKey(link.Target)));
            result.Add(AnchorKey(NameKey.Of(link.Target[(link.Target.LastIndexOf('/') + 1)..])));
        }
    }

    private static void Append(Dictionary<string, string> map, string key, string value) =>
        map[key] = map.TryGetValue(key, out var before) ? before + "\n" + value : value;
}
