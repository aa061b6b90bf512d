using System.CommandLine;
using StoryLsp.Cli.Git;
using StoryLsp.Cli.Output;
using StoryLsp.Continuity;
using StoryLsp.Continuity.Reports;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Settings;

namespace StoryLsp.Cli.Commands;

/// <summary><c>storylsp check</c>: all findings of a workspace.</summary>
internal static class CheckCommand
{
    private static readonly string[] Formats = ["text", "json", "sarif", "github"];

    public static Command Create()
    {
        var path = new Argument<string?>("PATH") { Arity = ArgumentArity.ZeroOrOne, Description = "A story's folder, or a part of it; the current folder when left out." };
        var format = new Option<string>("--format") { DefaultValueFactory = _ => "text", Description = "text, json, sarif or github." };
        format.AcceptOnlyFromAmong(Formats);
        var revision = new Option<string?>("--base") { Description = "Only findings that are new against this git revision." };
        var severity = new Option<string>("--severity") { DefaultValueFactory = _ => "hint", Description = "error, warning, info or hint: that and worse." };
        severity.AcceptOnlyFromAmong("error", "warning", "info", "hint");
        var rule = new Option<string?>("--rule") { Description = "Only this rule or group, as ref/unresolved or ref/*." };
        var command = new Command("check", "Check a story; exit 0 without errors, 1 with errors, 2 when it could not run.") { path, format, revision, severity, rule };
        command.SetAction((parsed, cancellation) => RunAsync(
            parsed.GetValue(path), parsed.GetValue(format)!, parsed.GetValue(revision), parsed.GetValue(severity)!, parsed.GetValue(rule), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string? path, string format, string? revision, string severity, string? rule, CancellationToken cancellationToken)
    {
        if (rule is not null && !Findings.Rules.Any(known => StorySettings.Covers(rule, known.Code)))
        {
            throw new CommandFailure($"there is no rule `{rule}`. The rules: {string.Join(", ", Findings.Rules.Select(known => known.Code))}.");
        }

        await using var story = OpenStory.Open(path);
        var report = await WholeReport.OfAsync(story, cancellationToken).ConfigureAwait(false);
        if (report.Files == 0)
        {
            throw new CommandFailure(NothingHere(story));
        }

        var findings = report.Findings;
        if (revision is not null)
        {
            var repository = await GitRepository.FindAsync(story.Workspace.Root, cancellationToken).ConfigureAwait(false);
            var commit = await StoryTree.CommitAsync(repository, revision, cancellationToken).ConfigureAwait(false);
            var before = await (await StoryTree.OfCommitAsync(repository, commit, cancellationToken).ConfigureAwait(false)).ReportAsync(cancellationToken).ConfigureAwait(false);
            findings = NewFindings.Of(findings, before.Findings, await NewFindings.RenamesSinceAsync(repository, commit, cancellationToken).ConfigureAwait(false));
        }

        SettingsReader.TryReadSeverity(severity, out var least);
        var shown = report with { Findings = [.. findings.Where(found => found.Severity <= least && (rule is null || StorySettings.Covers(rule, found.Code)))] };
        await using var output = Console.OpenStandardOutput();
        switch (format)
        {
            case "json":
                JsonFindings.Write(output, story.Workspace.Root, shown);
                break;
            case "sarif":
                SarifFindings.Write(output, story.Workspace.Root, shown);
                break;
            case "github":
                GithubFindings.Write(output, story.Workspace.Root, shown);
                break;
            default:
                TextFindings.Write(output, shown);
                break;
        }

        return shown.Findings.Any(found => found.Severity == Severity.Error) ? 1 : 0;
    }

    // A check that looks at nothing must not be green: somebody's CI would never find out.
    private static string NothingHere(OpenStory story)
    {
        var nested = Directory.EnumerateFiles(story.Workspace.Root, SettingsReader.FileName, new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 3, IgnoreInaccessible = true })
            .Select(file => Path.GetRelativePath(story.Workspace.Root, Path.GetDirectoryName(file)!))
            .Order(StringComparer.Ordinal)
            .FirstOrDefault();
        return nested is null
            ? $"there is nothing to check in {story.Workspace.Root}: no Markdown, YAML or Fountain file. `storylsp init` begins a story."
            : $"there is nothing to check in {story.Workspace.Root} itself; there is a story in `{nested}`: `storylsp check {nested}`.";
    }
}
