using StoryLsp.Index;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;

namespace StoryLsp.Cli.Output;

/// <summary>A finding with its file and its place in lines and UTF-16 characters, from 0.</summary>
internal sealed record FoundFinding(string File, LineRange Range, Finding Finding);

/// <summary>Collects findings.</summary>
internal static class FoundFindings
{
    /// <summary>All findings of the part that was asked for, by file, then position, then code.</summary>
    public static IReadOnlyList<FoundFinding> In(OpenStory story)
    {
        var snapshot = story.Snapshot;
        var documents = snapshot.Documents.Where(facts => story.Covers(facts.Path)).OrderBy(facts => facts.Path, StringComparer.Ordinal).ToList();
        return [.. documents.AsParallel().AsOrdered().Select(facts => In(story, snapshot, facts)).SelectMany(found => found)];
    }

    private static List<FoundFinding> In(OpenStory story, Snapshot snapshot, DocumentFacts facts) =>
    [
        .. story.Findings.Of(snapshot, facts.Path)
            .Select(finding => new FoundFinding(facts.Path, facts.Lines.GetRange(finding.Span), finding))
            .OrderBy(found => found.Range.Start.Line)
            .ThenBy(found => found.Range.Start.Character)
            .ThenBy(found => found.Finding.Code, StringComparer.Ordinal),
    ];

    /// <summary>The line of text that a finding begins on, without white space around it.</summary>
    public static string LineOf(Snapshot snapshot, FoundFinding found) =>
        snapshot.Text(found.File) is { } text && found.Range.Start.Line < text.LineCount ? text.Slice(text.GetLineSpan(found.Range.Start.Line)).Trim() : "";

    /// <summary>
    /// What stands before the workspace's paths in paths of the repository that it lies in, with a slash at its end; empty where the
    /// workspace is the repository's root, or in none. Services of code hosts count from the repository's root.
    /// </summary>
    public static string RepositoryPrefix(string root)
    {
        for (var folder = new DirectoryInfo(root); folder is not null; folder = folder.Parent)
        {
            if (Path.Exists(Path.Combine(folder.FullName, ".git")))
            {
                return Path.GetRelativePath(folder.FullName, root) is var relative and not "." ? relative.Replace('\\', '/') + "/" : "";
            }
        }

        // A runner may have no .git beside the files; it says where they lie.
        var workspace = Environment.GetEnvironmentVariable("GITHUB_WORKSPACE");
        return !string.IsNullOrEmpty(workspace) && Path.GetRelativePath(workspace, root).Replace('\\', '/') is var inside &&
            inside != "." && !inside.StartsWith("..", StringComparison.Ordinal) && !Path.IsPathRooted(inside) ? inside + "/" : "";
    }

    /// <summary>The range of a related place.</summary>
    public static LineRange RangeOf(Snapshot snapshot, RelatedPlace place) => snapshot.Facts(place.Path)?.Lines.GetRange(place.Span) ?? default;

    /// <summary>The word for a severity.</summary>
    public static string Word(Severity severity) => severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
        Severity.Information => "info",
        _ => "hint",
    };
}
