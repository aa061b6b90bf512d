using System.Collections.Concurrent;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Mentions;
using StoryLsp.Language.Text;

namespace StoryLsp.Index.Mentions;

/// <summary>Who and what is named in the prose of a snapshot. Documents are looked through when they are asked for. Safe for use by several threads.</summary>
public sealed class WorkspaceMentions
{
    private readonly Snapshot _snapshot;

    private WorkspaceMentions(Snapshot snapshot, NameSet names)
    {
        _snapshot = snapshot;
        Names = names;
    }

    /// <summary>The containers that have names which prose may use, by path and then by place.</summary>
    public IReadOnlyList<ContainerKey> NamedContainers => Names.Containers;

    /// <summary>Whether prose may name a container, so that it is found by its mentions and by nothing else.</summary>
    public bool IsNamed(Container container) => Mentions.NamedContainers.KindOf(_snapshot.Schemas, container.Type) is not null;

    /// <summary>The names.</summary>
    internal NameSet Names { get; }

    /// <summary>The mentions of a snapshot.</summary>
    internal static WorkspaceMentions Of(Snapshot snapshot) => snapshot.Derive(
        fresh => new WorkspaceMentions(fresh, NameSet.Of(fresh, null)),
        (before, now, touched) => new WorkspaceMentions(now, before.MayKeepNames(now, touched) ? before.Names : NameSet.Of(now, before.Names)));

    /// <summary>The mentions in the prose of a document, in order; none in links, which say themselves where they lead. Empty where there is no such document.</summary>
    /// <param name="path">Workspace-relative path.</param>
    public IReadOnlyList<ContainerMention> In(string path) => _snapshot.Facts(path) is { } facts ? Names.In(_snapshot, facts) ?? [] : [];

    /// <summary>The mentions in any stretch of a text, prose or not, in order.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="span">The stretch, in UTF-16 code units.</param>
    /// <param name="owner">Index of the container that owns it in its document, or -1.</param>
    public IReadOnlyList<ContainerMention> Inside(string text, TextSpan span, int owner) => Names.Inside(text, span, owner);

    /// <summary>The places in the whole workspace that name a container and nothing else, by path and then by place. The first call looks through all documents.</summary>
    /// <param name="container">The container.</param>
    /// <param name="cancel">Gives up.</param>
    public IReadOnlyList<MentionSite> Of(Container container, CancellationToken cancel = default)
    {
        var key = container.Key;
        var found = new ConcurrentBag<(string Path, List<ContainerMention> Mentions)>();
        Parallel.ForEach(_snapshot.Documents, new ParallelOptions { CancellationToken = cancel }, facts =>
        {
            var here = new List<ContainerMention>();
            foreach (var mention in Names.In(_snapshot, facts) ?? [])
            {
                if (mention.Candidates.Contains(key) && Meant(facts.Path, mention) is [var meant] && meant == key)
                {
                    here.Add(mention);
                }
            }

            if (here.Count > 0)
            {
                found.Add((facts.Path, here));
            }
        });
        return [.. found.OrderBy(document => document.Path, NaturalOrder.Instance).SelectMany(document => document.Mentions.Select(mention => new MentionSite(document.Path, mention)))];
    }

    /// <summary>
    /// What a mention names: its candidates, but for those whose aliases the reader does not know yet, and of several only those whom the scene's fields name,
    /// if there are any.
    /// </summary>
    /// <param name="path">Workspace-relative path of the document.</param>
    /// <param name="mention">A mention in it.</param>
    public IReadOnlyList<ContainerKey> Meant(string path, in ContainerMention mention)
    {
        if (mention.Candidates.Count == 1)
        {
            return mention.Candidates;
        }

        var owner = mention.Owner;
        IReadOnlyList<ContainerKey> candidates = mention.Candidates;
        if (mention.Form == MentionForm.Alias && candidates.Where(candidate => !IsTooEarly(path, owner, candidate)).ToArray() is { Length: > 0 } known)
        {
            candidates = known;
        }

        if (candidates.Count > 1 && candidates.Where(Cast(path, owner).Contains).ToArray() is { Length: > 0 } present)
        {
            candidates = present;
        }

        return candidates;
    }

    /// <summary>Whether the reader meets a scene before the one from which on a container's aliases may be used (<c>matching: {aliases_from: …}</c>).</summary>
    /// <param name="path">Workspace-relative path of the scene's document.</param>
    /// <param name="scene">Index of the scene in its document, or -1.</param>
    /// <param name="container">The container whose alias is used.</param>
    public bool IsTooEarly(string path, int scene, ContainerKey container)
    {
        if (AliasesFrom(container) is not { } from || _snapshot.ContainersIn(path).ElementAtOrDefault(scene) is not { } here)
        {
            return false;
        }

        var narrative = _snapshot.Narrative;
        return narrative.PositionOf(here) is >= 0 and var position && narrative.PositionOf(from) is >= 0 and var first && position < first;
    }

    /// <summary>The scene from which on the prose may use a container's aliases; null where nothing is said, or the scene is unknown.</summary>
    public Container? AliasesFrom(ContainerKey container)
    {
        if (_snapshot.ContainersIn(container.Path).ElementAtOrDefault(container.Index) is not { } found || found.Fact.Field("matching") is null)
        {
            return null;
        }

        var reference = found.Document.References.FirstOrDefault(reference => reference.Container == container.Index && reference.Field == "matching.aliases_from");
        return reference is null ? null : _snapshot.Resolve(reference, container.Path).Container;
    }

    // Whom the fields of a scene name: its cast, its place, what it speaks of.
    private HashSet<ContainerKey> Cast(string path, int owner)
    {
        var result = new HashSet<ContainerKey>();
        foreach (var reference in _snapshot.Facts(path)?.References ?? [])
        {
            if (reference.Container == owner && owner >= 0 && _snapshot.Resolve(reference, path).Container is { } named)
            {
                result.Add(named.Key);
            }
        }

        return result;
    }

    // Names stand in the documents of their containers, and in the settings.
    private bool MayKeepNames(Snapshot now, IReadOnlyCollection<string> touched)
    {
        if (!ReferenceEquals(now.Settings, _snapshot.Settings) || !ReferenceEquals(now.Schemas, _snapshot.Schemas))
        {
            return false;
        }

        foreach (var path in touched)
        {
            if (HasNames(_snapshot, path) || HasNames(now, path))
            {
                return false;
            }
        }

        return true;
    }

    private static bool HasNames(Snapshot snapshot, string path)
    {
        foreach (var container in snapshot.ContainersIn(path))
        {
            if (Mentions.NamedContainers.KindOf(snapshot.Schemas, container.Type) is not null)
            {
                return true;
            }
        }

        return false;
    }
}
