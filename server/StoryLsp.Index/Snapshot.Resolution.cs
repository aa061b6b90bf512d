using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;

namespace StoryLsp.Index;

public sealed partial class Snapshot
{
    /// <summary>All containers that a text names in any way, strongest first; each once.</summary>
    public IReadOnlyList<(Container Container, NameRank Rank)> Named(string text)
    {
        var trimmed = Slug.Normalize(text.Trim());
        if (!_names.TryGetValue(NameKey.Of(trimmed), out var entries))
        {
            return [];
        }

        // A container may be found by several of its names; sorted by place, its strongest comes first and the rest are skipped.
        var all = new List<(Container Container, NameRank Rank)>(entries.Length);
        foreach (var entry in entries)
        {
            all.Add((entry.Container, RankOf(entry, trimmed)));
        }

        all.Sort((a, b) => ComparePlaces(a.Container, b.Container) is not 0 and var order ? order : a.Rank.CompareTo(b.Rank));
        var best = new List<(Container Container, NameRank Rank)>(all.Count);
        foreach (var named in all)
        {
            if (best.Count == 0 || !best[^1].Container.IsSameAs(named.Container))
            {
                best.Add(named);
            }
        }

        best.Sort((a, b) => a.Rank != b.Rank ? a.Rank.CompareTo(b.Rank) : ComparePlaces(a.Container, b.Container));
        return best;
    }

    private static int ComparePlaces(Container a, Container b) =>
        string.CompareOrdinal(a.Path, b.Path) is not 0 and var order ? order : a.Fact.Index.CompareTo(b.Fact.Index);

    /// <summary>What a reference names.</summary>
    /// <param name="reference">The reference.</param>
    /// <param name="from">Path of the document that it stands in.</param>
    public Resolution Resolve(ReferenceFact reference, string from)
    {
        if (reference.IsInManuscript)
        {
            return ResolveManuscript(reference.Text);
        }

        if (!reference.IsLink)
        {
            return Resolve(reference.Text, reference.Target, from);
        }

        var hash = reference.Text.IndexOf('#');
        var target = hash < 0 ? reference.Text : reference.Text[..hash];
        if (Files.FindLinked(target, from) is { } path && ContainersIn(path) is { Count: > 0 } containers &&
            DocumentKeys.IsFileItself(containers[0].Fact))
        {
            var fits = reference.Target is null || Schemas.IsKindOf(containers[0].Type, reference.Target);
            if (fits)
            {
                return new(ResolutionKind.Resolved, [containers[0]]);
            }

            // A note of the same name may hide the container that is meant.
            var named = Resolve(target, reference.Target, from);
            return named.Kind is ResolutionKind.Resolved or ResolutionKind.Ambiguous ? named : new(ResolutionKind.WrongType, [containers[0]]);
        }

        return Resolve(target, reference.Target, from);
    }

    // As the narrative order reads it: a scene, else a chapter, else a file.
    private Resolution ResolveManuscript(string text)
    {
        var scene = Resolve(text, "scene");
        if (scene.Kind is ResolutionKind.Resolved or ResolutionKind.Ambiguous)
        {
            return scene;
        }

        var chapter = Resolve(text, "chapter");
        if (chapter.Kind is ResolutionKind.Resolved or ResolutionKind.Ambiguous)
        {
            return chapter;
        }

        return Files.FindLinked(text, "") is { } path && ContainersIn(path).FirstOrDefault(container => Schemas.IsKindOf(container.Type, "scene")) is { } first
            ? new(ResolutionKind.Resolved, [first])
            : scene;
    }

    /// <summary>What a text names, where a type is wanted.</summary>
    /// <param name="text">An id, a name, an alias or a path.</param>
    /// <param name="type">The type wanted, or null for any.</param>
    /// <param name="from">
    /// Path of the document that says it, or null. In a folder without a <c>story.yaml</c> every file of data may be a world of its own,
    /// so of several equals those of the same file are meant.
    /// </param>
    public Resolution Resolve(string text, string? type, string? from = null)
    {
        if (!_names.TryGetValue(NameKey.Of(text), out var entries))
        {
            return Resolution.Nothing;
        }

        if (entries.Length == 1)
        {
            // Nearly always a name is one container's alone, and then its rank decides nothing.
            var only = entries[0].Container;
            return new(type is null || Schemas.IsKindOf(only.Type, type) ? ResolutionKind.Resolved : ResolutionKind.WrongType, [only]);
        }

        var all = Named(text);

        var fitting = type is null ? all : [.. all.Where(candidate => Schemas.IsKindOf(candidate.Container.Type, type))];
        if (fitting.Count == 0)
        {
            return new(ResolutionKind.WrongType, [.. all.Select(candidate => candidate.Container)]);
        }

        var first = fitting.TakeWhile(candidate => candidate.Rank == fitting[0].Rank).Select(candidate => candidate.Container).ToList();
        if (first.Count > 1 && !Settings.Exists && from is not null && first.Exists(container => container.Path == from))
        {
            first.RemoveAll(container => container.Path != from);
        }

        return new(first.Count == 1 ? ResolutionKind.Resolved : ResolutionKind.Ambiguous, first);
    }

    /// <summary>What a link leads to.</summary>
    /// <param name="link">The link.</param>
    /// <param name="from">Path of the document that it stands in.</param>
    public LinkResolution ResolveLink(LinkFact link, string from)
    {
        if (link.Kind is LinkKind.Markdown or LinkKind.Image)
        {
            return ResolvePath(link, from);
        }

        if (Files.FindLinked(link.Target, from) is { } path)
        {
            return ToFile(path, link.Anchor);
        }

        var named = Resolve(link.Target, null);
        return named.Kind switch
        {
            ResolutionKind.Resolved => ToContainer(named.Candidates[0], link.Anchor),
            ResolutionKind.Ambiguous => new(LinkResolutionKind.Ambiguous, Candidates: named.Candidates),
            _ => new(LinkResolutionKind.Unresolved),
        };
    }

    /// <summary>Whether a link was looked up on the disk itself, so that not all that was found follows from the files of the workspace.</summary>
    public bool LookedOutside { get; private set; }

    /// <summary>The heading of a document that an anchor names: by GitHub's slug or by its text; null when there is none.</summary>
    public static HeadingFact? FindHeading(DocumentFacts facts, string anchor)
    {
        // Obsidian writes the way to a nested heading as #outer#inner.
        var last = anchor[(anchor.LastIndexOf('#') + 1)..];
        var key = NameKey.Of(last);
        return facts.Headings.FirstOrDefault(heading => heading.Slug == last)
            ?? facts.Headings.FirstOrDefault(heading => NameKey.Of(heading.Text) == key || heading.Slug == key)
            ?? facts.Headings.FirstOrDefault(heading => Slug.Of(heading.Text) is { Length: > 0 } slug && slug == Slug.Of(last));
    }

    private LinkResolution ResolvePath(LinkFact link, string from)
    {
        if (link.Target.Length == 0)
        {
            return ToFile(from, link.Anchor);
        }

        var path = FileSet.Combine(FileSet.FolderOf(from), link.Target.Replace('\\', '/'));
        if (path is not null && (Files.Find(path) ?? Files.Find(path + ".md")) is { } found)
        {
            return ToFile(found, link.Anchor);
        }

        // Obsidian writes Markdown links from the root of the vault, or by the shortest path that is clear, as it does wikilinks.
        var rooted = FileSet.Combine("", link.Target.Replace('\\', '/'));
        if ((rooted is null ? null : Files.Find(rooted) ?? Files.Find(rooted + ".md")) is { } fromRoot)
        {
            return ToFile(fromRoot, link.Anchor);
        }

        if (!Settings.Exists && Files.FindLinked(link.Target, from) is { } linked)
        {
            return ToFile(linked, link.Anchor);
        }

        // A link may lead out of the workspace, into an ignored folder, or to a folder itself.
        LookedOutside = true;

        // What no file can be called, such as a NUL, leads nowhere.
        if (link.Target.AsSpan().ContainsAny(System.IO.Path.GetInvalidPathChars()))
        {
            return new(LinkResolutionKind.Unresolved);
        }

        var absolute = System.IO.Path.GetFullPath(System.IO.Path.Combine(Root, FileSet.FolderOf(from), link.Target.TrimStart('/')));
        return System.IO.Path.Exists(absolute) || (path is not null && System.IO.Path.Exists(System.IO.Path.Combine(Root, path)))
            ? new(LinkResolutionKind.Resolved)
            : new(LinkResolutionKind.Unresolved);
    }

    private LinkResolution ToFile(string path, string? anchor)
    {
        var containers = ContainersIn(path);
        var own = containers.Count > 0 && DocumentKeys.IsFileItself(containers[0].Fact) ? containers[0] : null;
        return Facts(path) is { Kind: DocumentKind.Markdown } facts ? ToAnchor(facts, own, anchor) : new(LinkResolutionKind.Resolved, path, own);
    }

    private static LinkResolution ToContainer(Container container, string? anchor) =>
        container.Document.Kind == DocumentKind.Markdown
            ? ToAnchor(container.Document, container, anchor)
            : new(LinkResolutionKind.Resolved, container.Path, container);

    private static LinkResolution ToAnchor(DocumentFacts facts, Container? container, string? anchor)
    {
        if (string.IsNullOrEmpty(anchor))
        {
            return new(LinkResolutionKind.Resolved, facts.Path, container);
        }

        if (anchor.StartsWith('^'))
        {
            var there = facts.BlockAnchors.Contains(anchor[1..], StringComparer.OrdinalIgnoreCase);
            return new(there ? LinkResolutionKind.Resolved : LinkResolutionKind.NoSuchAnchor, facts.Path, container);
        }

        var heading = FindHeading(facts, anchor);
        return new(heading is null ? LinkResolutionKind.NoSuchAnchor : LinkResolutionKind.Resolved, facts.Path, container, heading);
    }

    /// <summary>All places that refer to a container: reference fields and links, by path and then by place.</summary>
    public IReadOnlyList<ReferenceSite> ReferencesTo(Container container)
    {
        var keys = DocumentKeys.Names(container.Document, container.Fact).Select(name => name.Key).ToHashSet(StringComparer.Ordinal);
        keys.Add(FileSet.StemKey(container.Path));
        var paths = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var key in keys)
        {
            if (_takers.TryGetValue(key, out var takers))
            {
                paths.UnionWith(takers);
            }
        }

        var result = new List<ReferenceSite>();
        foreach (var path in paths)
        {
            AddSites(_documents[path].Facts, container, keys, result);
        }

        return result;
    }

    private void AddSites(DocumentFacts facts, Container container, HashSet<string> keys, List<ReferenceSite> result)
    {
        var first = result.Count;
        foreach (var reference in facts.References)
        {
            if (MayMean(reference.Text, keys) && Resolve(reference, facts.Path).Container is { } found && found.IsSameAs(container))
            {
                result.Add(new(facts, reference.Container, reference.Span, reference.Field, reference, null));
            }
        }

        foreach (var link in facts.Links)
        {
            if (link.Target.Length > 0 && MayMean(link.Target, keys) && ResolveLink(link, facts.Path) is { Kind: LinkResolutionKind.Resolved or LinkResolutionKind.NoSuchAnchor, Container: { } found } && found.IsSameAs(container))
            {
                result.Add(new(facts, link.Container, link.TargetSpan, null, null, link));
            }
        }

        result.Sort(first, result.Count - first, Comparer<ReferenceSite>.Create((a, b) => a.Span.Start.CompareTo(b.Span.Start)));
    }

    private static bool MayMean(string text, HashSet<string> keys) => keys.Contains(NameKey.Of(text)) || text.AsSpan().IndexOfAny("/\\#.") >= 0;

    private static NameRank RankOf(NamedContainer entry, string text) =>
        entry.Rank is NameRank.WrittenId or NameRank.ExactName && Slug.Normalize(entry.Text.Trim()) != text ? NameRank.OtherCase : entry.Rank;
}
