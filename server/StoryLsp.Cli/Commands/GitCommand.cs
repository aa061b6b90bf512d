using System.CommandLine;
using StoryLsp.Cli.Git;
using StoryLsp.Cli.Output;
using StoryLsp.Index;

namespace StoryLsp.Cli.Commands;

/// <summary><c>storylsp git</c>: sets a repository up for the story in it.</summary>
internal static class GitCommand
{
    public static Command Create() => new("git", "Set a git repository up for the story in it: merging, comparing, checking before a commit.")
    {
        Setup("install", "Tell this repository, in its own configuration alone, how story files are merged, compared and checked before a commit; without options all three.", (setup, parts, cancel) => setup.InstallAsync(parts, cancel)),
        Setup("uninstall", "Take back what `storylsp git install` did; without options all of it.", (setup, parts, cancel) => setup.UninstallAsync(parts, cancel)),
        PreCommit(),
    };

    private static Command PreCommit()
    {
        var path = PathArgument();
        var command = new Command("pre-commit", "Check what is staged; exit 1 when the commit would bring new errors. The hook calls it.") { path };
        command.SetAction((parsed, cancellation) => PreCommitAsync(FolderOf(parsed.GetValue(path), isStory: false), cancellation));
        return command;
    }

    private static async Task<int> PreCommitAsync(string folder, CancellationToken cancellationToken)
    {
        var repository = await GitRepository.FindAsync(folder, cancellationToken).ConfigureAwait(false);
        var count = 0;
        foreach (var story in await StagedCheck.StoriesAsync(repository, cancellationToken).ConfigureAwait(false))
        {
            var part = repository with { Git = new GitProcess(Path.Combine(repository.Top, story)), Prefix = story };
            var report = await StagedCheck.OfAsync(part, cancellationToken).ConfigureAwait(false);
            count += report.Findings.Count;
            if (report.Findings.Count > 0)
            {
                await using var output = Console.OpenStandardOutput();
                TextFindings.Write(output, report with { Findings = [.. report.Findings.Select(found => found with { File = story + found.File, Related = [.. found.Related.Select(place => place with { File = story + place.File })] })] });
            }
        }

        if (count > 0)
        {
            Console.Error.WriteLine($"""
                storylsp: this commit would bring {(count == 1 ? "a new error" : $"{count} new errors")}, so it was stopped. What is staged was checked, not what else is in the files.
                  Mend it, `git add` the file, and commit again.
                  Is the finding wrong? Put `<!-- story-ignore: RULE the reason -->` above the line (in YAML `# story-ignore: RULE the reason`).
                  Not now? `git commit --no-verify` commits as it is.
                """);
        }

        return count > 0 ? 1 : 0;
    }

    private static Command Setup(string name, string description, Func<GitSetup, SetupParts, CancellationToken, Task<IReadOnlyList<string>>> run)
    {
        var path = PathArgument();
        var hook = new Option<bool>("--hook") { Description = "The hook that checks what is staged before a commit." };
        var merge = new Option<bool>("--merge") { Description = "Merging by container and field." };
        var diff = new Option<bool>("--diff") { Description = "Comparing sentence by sentence." };
        var command = new Command(name, description) { path, hook, merge, diff };
        command.SetAction(async (parsed, cancellation) =>
        {
            var repository = await GitRepository.FindAsync(FolderOf(parsed.GetValue(path)), cancellation).ConfigureAwait(false);
            var all = !parsed.GetValue(hook) && !parsed.GetValue(merge) && !parsed.GetValue(diff);
            var said = await run(new GitSetup(repository), new(all || parsed.GetValue(hook), all || parsed.GetValue(merge), all || parsed.GetValue(diff)), cancellation).ConfigureAwait(false);
            Console.Out.WriteLine($"In {repository.Common}, which is this repository's own:");
            foreach (var line in said)
            {
                Console.Out.WriteLine("  " + line);
            }

            return 0;
        });
        return command;
    }

    private static Argument<string?> PathArgument() => new("PATH") { Arity = ArgumentArity.ZeroOrOne, Description = "The story's folder; the current folder when left out." };

    private static string FolderOf(string? path, bool isStory = true)
    {
        var full = Path.GetFullPath(path ?? Directory.GetCurrentDirectory());
        return Path.Exists(full) ? isStory ? WorkspaceRoot.Find(full) : full : throw new CommandFailure($"there is no `{path}`. Name a story's folder.");
    }
}
