using System.Globalization;
using System.Text;
using StoryLsp.Continuity.Reports;

namespace StoryLsp.Cli.Git;

/// <summary>A story as git has it: in a commit, or staged.</summary>
/// <param name="repository">The repository.</param>
/// <param name="id">The hash of the story's tree.</param>
internal sealed class StoryTree(GitRepository repository, string id)
{
    private const string RegularFile = "100";
    private const string Nothing = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";
    private const string NothingInSha256 = "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321";

    // Of other files it matters that they are there, not what is in them.
    private static readonly string[] Read = [".md", ".markdown", ".yaml", ".yml", ".fountain", ".gitignore", ".json"];

    /// <summary>The hash of the tree.</summary>
    public string Id => id;

    /// <summary>The story in a commit; one without files where the commit has none of it.</summary>
    /// <exception cref="CommandFailure">There is no such commit.</exception>
    public static async Task<StoryTree> OfCommitAsync(GitRepository repository, string revision, CancellationToken cancellationToken)
    {
        var commit = await CommitAsync(repository, revision, cancellationToken).ConfigureAwait(false);
        return new(repository, await repository.Git.AskAsync(["rev-parse", "--verify", "-q", commit + ":./"], cancellationToken).ConfigureAwait(false) ?? await EmptyAsync(repository, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>The story as it is staged.</summary>
    /// <exception cref="CommandFailure">A merge is not finished.</exception>
    public static async Task<StoryTree> StagedAsync(GitRepository repository, CancellationToken cancellationToken)
    {
        var answer = await repository.Git.RunAsync(["write-tree"], cancellationToken).ConfigureAwait(false);
        if (answer.Code != 0)
        {
            throw new CommandFailure($"what is staged cannot be read, as in a merge with open conflicts: {answer.Error}");
        }

        var tree = answer.Text.Trim();
        return new(repository, await repository.Git.AskAsync(["rev-parse", "--verify", "-q", tree + ":" + repository.Prefix.TrimEnd('/')], cancellationToken).ConfigureAwait(false) ??
            await EmptyAsync(repository, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>A story without files.</summary>
    public static async Task<StoryTree> NoneAsync(GitRepository repository, CancellationToken cancellationToken) => new(repository, await EmptyAsync(repository, cancellationToken).ConfigureAwait(false));

    /// <summary>The hash of a commit.</summary>
    /// <exception cref="CommandFailure">There is no such commit.</exception>
    public static async Task<string> CommitAsync(GitRepository repository, string revision, CancellationToken cancellationToken)
    {
        if (revision.Length == 0 || revision.StartsWith('-'))
        {
            throw new CommandFailure($"`{revision}` is no git revision. Name a commit, a branch or a tag, as HEAD or main.");
        }

        if (await repository.Git.AskAsync(["rev-parse", "--verify", "-q", revision], cancellationToken).ConfigureAwait(false) is { } named &&
            await repository.Git.AskAsync(["rev-parse", "--verify", "-q", named + "^{commit}"], cancellationToken).ConfigureAwait(false) is { } commit)
        {
            return commit;
        }

        if (await repository.Git.AskAsync(["rev-parse", "--verify", "-q", "HEAD"], cancellationToken).ConfigureAwait(false) is null)
        {
            throw new CommandFailure($"nothing is committed in this repository yet, so that there is no revision `{revision}` to compare with.");
        }

        var isShallow = await repository.Git.AskAsync(["rev-parse", "--is-shallow-repository"], cancellationToken).ConfigureAwait(false) == "true";
        throw new CommandFailure(isShallow
            ? $"git has no revision `{revision}` here, as this clone is shallow. `git fetch --unshallow` gets the rest (in a GitHub workflow: `fetch-depth: 0` for actions/checkout)."
            : $"git has no revision `{revision}` here. `git log --oneline` shows the commits, `git branch -a` the branches.");
    }

    /// <summary>The findings of the story as it was; known from before, or read anew.</summary>
    public async Task<CheckReport> ReportAsync(CancellationToken cancellationToken)
    {
        if (TreeReports.Find(repository.StoryFolder, id) is { } known)
        {
            return known;
        }

        var folder = Directory.CreateTempSubdirectory("storylsp-tree-").FullName;
        try
        {
            await using var story = await OpenAsync(folder, cancellationToken).ConfigureAwait(false);
            var report = CheckReport.Of(story.Snapshot, story.Findings, story.Covers);
            TreeReports.Keep(repository.StoryFolder, id, report);
            return report;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The story as it was, written into a folder and indexed.</summary>
    public async Task<OpenStory> OpenAsync(string folder, CancellationToken cancellationToken)
    {
        await WriteAsync(folder, cancellationToken).ConfigureAwait(false);
        return await OpenStory.OpenAsync(folder, cancellationToken, useIndexFile: false).ConfigureAwait(false);
    }

    // Objects are read one by one, so that neither links nor export attributes decide what is there; links and submodules are left out.
    private async Task WriteAsync(string folder, CancellationToken cancellationToken)
    {
        var listing = await repository.Git.RunAsync(["ls-tree", "-r", "-z", "--full-tree", id], cancellationToken).ConfigureAwait(false);
        var files = listing.Parts.Where(line => line.StartsWith(RegularFile, StringComparison.Ordinal)).Select(Parse).ToList();
        var read = files.Where(file => Read.Contains(Path.GetExtension(file.Path).ToLowerInvariant()) || Path.GetFileName(file.Path) == ".gitignore").ToList();
        foreach (var (_, path) in files.Except(read))
        {
            await File.WriteAllBytesAsync(Prepared(folder, path), [], cancellationToken).ConfigureAwait(false);
        }

        var names = Encoding.ASCII.GetBytes(string.Concat(read.Select(file => file.Id + "\n")));
        var contents = (await repository.Git.RunAsync(["cat-file", "--batch"], cancellationToken, names).ConfigureAwait(false)).Bytes;
        var at = 0;
        foreach (var (_, path) in read)
        {
            var end = Array.IndexOf(contents, (byte)'\n', at);
            var head = Encoding.ASCII.GetString(contents, at, end - at).Split(' ');
            if (head is not [_, "blob", var length])
            {
                throw new CommandFailure($"git lacks the text of `{path}` as it was then. `git fsck` tells more; in a partial clone `git fetch` gets it.");
            }

            var size = int.Parse(length, CultureInfo.InvariantCulture);
            await File.WriteAllBytesAsync(Prepared(folder, path), contents.AsMemory(end + 1, size), cancellationToken).ConfigureAwait(false);
            at = end + 1 + size + 1;
        }
    }

    private static string Prepared(string folder, string path)
    {
        var full = Path.Combine(folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        return full;
    }

    private static (string Id, string Path) Parse(string line)
    {
        var tab = line.IndexOf('\t', StringComparison.Ordinal);
        return (line[..tab].Split(' ')[2], line[(tab + 1)..]);
    }

    private static async Task<string> EmptyAsync(GitRepository repository, CancellationToken cancellationToken) =>
        await repository.Git.AskAsync(["rev-parse", "--show-object-format"], cancellationToken).ConfigureAwait(false) == "sha256" ? NothingInSha256 : Nothing;
}
