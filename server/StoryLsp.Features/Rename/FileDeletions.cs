using StoryLsp.Index;
using StoryLsp.Language.Text;

namespace StoryLsp.Features.Rename;

/// <summary>A place that refers to a file which is to be deleted.</summary>
/// <param name="Path">Workspace-relative path of the document that refers.</param>
/// <param name="Span">The reference or the link's target, in UTF-16 code units.</param>
/// <param name="Target">Workspace-relative path of the file that is referred to.</param>
public sealed record StillReferring(string Path, TextSpan Span, string Target);

/// <summary>Says what would miss files that are to be deleted.</summary>
public static class FileDeletions
{
    /// <summary>The places in files that stay which refer to something in files that go, by path and then by place. Mentions in prose are none.</summary>
    /// <param name="snapshot">The workspace before the deletion.</param>
    /// <param name="paths">The files and folders that go; workspace-relative paths with <c>/</c>.</param>
    /// <param name="cancel">Gives up.</param>
    public static IReadOnlyList<StillReferring> StillReferred(Snapshot snapshot, IReadOnlyList<string> paths, CancellationToken cancel)
    {
        var result = new List<StillReferring>();
        var gone = paths.ToHashSet(StringComparer.Ordinal);
        foreach (var facts in snapshot.Documents.Where(facts => !IsIn(gone, facts.Path)))
        {
            cancel.ThrowIfCancellationRequested();
            foreach (var reference in Referrals.Of(snapshot, facts))
            {
                if (snapshot.Resolve(reference, facts.Path).Container is { } container && IsIn(gone, container.Path))
                {
                    result.Add(new(facts.Path, reference.Span, container.Path));
                }
            }

            foreach (var (span, _, file) in Pictures.Of(snapshot, facts).Where(picture => IsIn(gone, picture.File)))
            {
                result.Add(new(facts.Path, span, file));
            }

            foreach (var link in facts.Links)
            {
                if (link.Target.Length > 0 && snapshot.ResolveLink(link, facts.Path).Path is { } target && IsIn(gone, target))
                {
                    result.Add(new(facts.Path, link.TargetSpan, target));
                }
            }
        }

        return [.. result.OrderBy(place => place.Path, NaturalOrder.Instance).ThenBy(place => place.Span.Start)];
    }

    // The path itself, or a folder around it.
    private static bool IsIn(HashSet<string> gone, string path)
    {
        for (var end = path.Length; end > 0; end = path.LastIndexOf('/', end - 1))
        {
            if (gone.Contains(path[..end]))
            {
                return true;
            }
        }

        return false;
    }
}
