using System.Text.RegularExpressions;
using StoryLsp.Continuity.Reports;

namespace StoryLsp.Cli.Git;

/// <summary>
/// Tells findings that are new from those that were there before. A finding is known again by its file, whatever its name was, by its rule and by its message; of several such, those on a line that
/// reads as before are the old ones. One that stood once and stands twice now is new once.
/// </summary>
internal static partial class NewFindings
{
    /// <summary>The findings that were not there before.</summary>
    /// <param name="now">The findings.</param>
    /// <param name="before">Those of before.</param>
    /// <param name="renames">The files that have another name now: today's path to the one of before.</param>
    public static IReadOnlyList<ReportedFinding> Of(IReadOnlyList<ReportedFinding> now, IReadOnlyList<ReportedFinding> before, IReadOnlyDictionary<string, string> renames)
    {
        var known = before.ToList();
        var left = now.ToList();
        Match((found, old) => IsSame(found, old) && found.Message == old.Message && found.Line == old.Line);
        Match((found, old) => IsSame(found, old) && found.Message == old.Message);
        // Numbers of scenes and lines move in a message when something comes before them.
        Match((found, old) => IsSame(found, old) && found.Line == old.Line && Number().Replace(found.Message, "0") == Number().Replace(old.Message, "0"));
        return left;

        bool IsSame(ReportedFinding found, ReportedFinding old) => found.Code == old.Code && renames.GetValueOrDefault(found.File, found.File) == old.File;

        void Match(Func<ReportedFinding, ReportedFinding, bool> isOld) => left.RemoveAll(found =>
        {
            var at = known.FindIndex(old => isOld(found, old));
            if (at >= 0)
            {
                known.RemoveAt(at);
            }

            return at >= 0;
        });
    }

    /// <summary>The files that have another name now: today's path to the one of a commit, both relative to the story.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="range">What is compared, as git takes it: a commit, two, or <c>--cached</c> and a commit.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<IReadOnlyDictionary<string, string>> RenamesAsync(GitRepository repository, IEnumerable<string> range, CancellationToken cancellationToken)
    {
        var answer = await repository.Git.RunAsync(["diff", "-z", "-M", "--no-ext-diff", "--relative", "--name-status", "--diff-filter=R", .. range, "--"], cancellationToken).ConfigureAwait(false);
        var result = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var words in answer.Parts.Chunk(3).Where(words => words.Length == 3))
        {
            result[words[2]] = words[1];
        }

        return result;
    }

    /// <summary>The same, with files that were moved and that git was not told of: one that it does not know, whose text is that of one that is gone.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> RenamesSinceAsync(GitRepository repository, string revision, CancellationToken cancellationToken)
    {
        var result = new Dictionary<string, string>(await RenamesAsync(repository, [revision], cancellationToken).ConfigureAwait(false), StringComparer.Ordinal);
        var gone = (await repository.Git.RunAsync(["diff", "-z", "--no-ext-diff", "--relative", "--name-only", "--diff-filter=D", revision, "--"], cancellationToken).ConfigureAwait(false)).Parts;
        var fresh = gone.Length == 0 ? [] : (await repository.Git.RunAsync(["ls-files", "-z", "--others", "--exclude-standard"], cancellationToken).ConfigureAwait(false)).Parts;
        if (fresh.Length == 0)
        {
            return result;
        }

        var ids = await IdsAsync(repository, revision, gone, cancellationToken).ConfigureAwait(false);
        foreach (var file in fresh)
        {
            var id = await repository.Git.AskAsync(["hash-object", "--", file], cancellationToken).ConfigureAwait(false);
            // Much may have changed; the same name elsewhere is the same file as well.
            if ((ids.FirstOrDefault(old => old.Value == id).Key ?? OneOfName(gone, file)) is { } old)
            {
                result.TryAdd(file, old);
            }
        }

        return result;
    }

    private static string? OneOfName(string[] gone, string file) => gone.Where(old => Path.GetFileName(old) == Path.GetFileName(file)).ToList() is [var one] ? one : null;

    private static async Task<Dictionary<string, string>> IdsAsync(GitRepository repository, string revision, string[] paths, CancellationToken cancellationToken)
    {
        var result = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            if (await repository.Git.AskAsync(["rev-parse", "--verify", "-q", $"{revision}:./{path}"], cancellationToken).ConfigureAwait(false) is { } id)
            {
                result[path] = id;
            }
        }

        return result;
    }

    [GeneratedRegex("[0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
