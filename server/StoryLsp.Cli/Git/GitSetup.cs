using System.Text;

namespace StoryLsp.Cli.Git;

/// <summary>Which parts of the setup are meant.</summary>
/// <param name="Hook">The hook before a commit.</param>
/// <param name="Merge">Merging by fields.</param>
/// <param name="Diff">Comparing by sentences.</param>
internal sealed record SetupParts(bool Hook, bool Merge, bool Diff);

/// <summary>Tells a repository of the story in it, and takes that back: in its own configuration, attributes and hooks, and nowhere else. Each gives lines that say what was done.</summary>
/// <param name="repository">The repository.</param>
internal sealed class GitSetup(GitRepository repository)
{
    private const int NamesSaid = 10;

    private readonly List<string> _said = [];

    /// <summary>Sets parts up; what stands there already stays.</summary>
    public async Task<IReadOnlyList<string>> InstallAsync(SetupParts parts, CancellationToken cancellationToken)
    {
        foreach (var (key, value) in (parts.Merge ? GitDrivers.Merge() : []).Concat(parts.Diff ? GitDrivers.Diff() : []))
        {
            await SetAsync(key, value, cancellationToken).ConfigureAwait(false);
        }

        await AttributesAsync((merges, differs) => (merges || parts.Merge, differs || parts.Diff), cancellationToken).ConfigureAwait(false);
        Say(parts.Merge, "merge", "story files are merged by container and field.");
        Say(parts.Diff, "diff", "`git diff` and `git log -p` show them sentence by sentence; `git diff --word-diff` word by word.");
        if (parts.Hook)
        {
            await InstallHookAsync(cancellationToken).ConfigureAwait(false);
        }

        return _said;
    }

    /// <summary>Takes parts away; what others wrote stays.</summary>
    public async Task<IReadOnlyList<string>> UninstallAsync(SetupParts parts, CancellationToken cancellationToken)
    {
        var attributes = await AttributesAsync((merges, differs) => (merges && !parts.Merge, differs && !parts.Diff), cancellationToken).ConfigureAwait(false);
        // Another story of the same repository may go on with them.
        var sections = (parts.Merge && !GitAttributes.HasAny(attributes, "merge") ? GitDrivers.MergeSections : []).Concat(parts.Diff && !GitAttributes.HasAny(attributes, "diff") ? GitDrivers.DiffSections : []);
        foreach (var section in sections)
        {
            await repository.Git.RunAsync(["config", "--local", "--remove-section", section], cancellationToken).ConfigureAwait(false);
        }

        Say(parts.Merge, "merge", "story files are merged by lines again.");
        Say(parts.Diff, "diff", "story files are compared by lines again.");
        if (parts.Hook)
        {
            await UninstallHookAsync(cancellationToken).ConfigureAwait(false);
        }

        return _said;
    }

    private void Say(bool isMeant, string part, string what)
    {
        if (isMeant)
        {
            _said.Add($"{part,-5}  {what}");
        }
    }

    private async Task SetAsync(string key, string value, CancellationToken cancellationToken)
    {
        var answer = await repository.Git.RunAsync(["config", "--local", "--replace-all", key, value], cancellationToken).ConfigureAwait(false);
        if (answer.Code != 0)
        {
            throw new CommandFailure($"the repository's configuration cannot be written: {answer.Error}");
        }
    }

    private async Task<string> AttributesAsync(Func<bool, bool, (bool Merges, bool Differs)> change, CancellationToken cancellationToken)
    {
        var path = await repository.PathOfAsync("info/attributes", cancellationToken).ConfigureAwait(false);
        var text = File.Exists(path) ? await File.ReadAllTextAsync(path, cancellationToken).ConfigureAwait(false) : "";
        var (merges, differs) = GitAttributes.Of(text, repository.Prefix);
        (merges, differs) = change(merges, differs);
        var others = GitAttributes.Without(text, repository.Prefix);
        // StoryLsp's own lines would hide what the team has set.
        await WriteAttributesAsync(path, text, others, cancellationToken).ConfigureAwait(false);
        if (!merges && !differs)
        {
            return others;
        }

        var team = await TeamAttributes.ReadAsync(repository, GitAttributes.Extensions, [.. merges ? ["merge"] : Array.Empty<string>(), .. differs ? ["diff"] : Array.Empty<string>()], cancellationToken).ConfigureAwait(false);
        var changed = GitAttributes.With(others, repository.Prefix, merges, differs, team);
        await WriteAttributesAsync(path, others, changed, cancellationToken).ConfigureAwait(false);
        Say(team.Words.Any(), "", $"what is set already (.gitattributes) stays as it is: {string.Join(", ", team.Words.Take(NamesSaid))}{(team.Words.Skip(NamesSaid).Any() ? " and more" : "")}.");
        return changed;
    }

    private static async Task WriteAttributesAsync(string path, string before, string changed, CancellationToken cancellationToken)
    {
        if (changed.Length == 0 && File.Exists(path))
        {
            File.Delete(path);
        }
        else if (changed != before)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, changed, new UTF8Encoding(false), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task InstallHookAsync(CancellationToken cancellationToken)
    {
        var path = await HookAsync(cancellationToken).ConfigureAwait(false);
        if (path is null)
        {
            return;
        }

        if (await OthersAsync(path, cancellationToken).ConfigureAwait(false) is { } script)
        {
            Say(true, "hook", GitHook.IsMixed(script)
                ? $"the hook there has lines of others beside those of StoryLsp, and stays as it is: {path}. The line of StoryLsp in it is to be: {GitHook.Command(repository)}"
                : $"there is a hook already, which stays as it is: {path}. Add this line to it: {GitHook.Command(repository)} || exit 1");
            return;
        }

        GitHook.Write(path, GitHook.Script(GitHook.Command(repository)));
        Say(true, "hook", "before a commit, what is staged is checked; new errors stop it. `git commit --no-verify` goes on regardless.");
    }

    private async Task UninstallHookAsync(CancellationToken cancellationToken)
    {
        if (await HookAsync(cancellationToken).ConfigureAwait(false) is not { } path)
        {
            return;
        }

        if (await OthersAsync(path, cancellationToken).ConfigureAwait(false) is { } script)
        {
            Say(true, "hook", GitHook.IsMixed(script)
                ? $"the hook there has lines of others beside those of StoryLsp, and stays as it is: {path}. Take those of StoryLsp out by hand, from `# Written by` to `esac`."
                : $"the hook there is not StoryLsp's and stays: {path}. Take a line of StoryLsp out by hand.");
            return;
        }

        File.Delete(path);
        Say(true, "hook", "nothing is checked before a commit.");
    }

    // A hook with anything in it that is not StoryLsp's; null where there is none.
    private static async Task<string?> OthersAsync(string path, CancellationToken cancellationToken) =>
        File.Exists(path) && await File.ReadAllTextAsync(path, cancellationToken).ConfigureAwait(false) is var script && !GitHook.IsOurs(script) ? script : null;

    // Hooks that several repositories share, or that are files of the team, are not this command's to change.
    private async Task<string?> HookAsync(CancellationToken cancellationToken)
    {
        var path = await repository.PathOfAsync("hooks/pre-commit", cancellationToken).ConfigureAwait(false);
        var isOwn = IsIn(repository.Common, path);
        Say(!isOwn && IsIn(repository.Top, path), "hook", $"this repository's hooks are files of it (core.hooksPath), for everybody, so nothing was changed: {path}. The line for it: {GitHook.SharedCommand(repository)} || exit 1");
        Say(!isOwn && !IsIn(repository.Top, path), "hook", $"this repository's hooks lie outside of it (core.hooksPath), so nothing was changed: {path}. The line for it: {GitHook.Command(repository)} || exit 1");
        return isOwn ? path : null;
    }

    private static bool IsIn(string folder, string path) => Path.GetRelativePath(folder, path) is var relative && !relative.StartsWith("..", StringComparison.Ordinal) && !Path.IsPathRooted(relative);
}
