using System.CommandLine;
using System.Runtime.InteropServices;
using StoryLsp.Continuity;
using StoryLsp.Index;
using StoryLsp.Language.Settings;
using StoryLsp.Pipelines.Files;
using StoryLsp.Pipelines.Providers;

namespace StoryLsp.Cli.Commands;

/// <summary><c>storylsp doctor</c>: what is here, what is wrong, and what to do about it.</summary>
internal static class DoctorCommand
{
    private static readonly string[] Editors = ["code", "codium", "code-server", "nvim", "hx", "emacs"];

    public static Command Create()
    {
        var path = new Argument<string?>("PATH") { Arity = ArgumentArity.ZeroOrOne, Description = "A story's folder; the current folder when left out." };
        var command = new Command("doctor", "Tell versions, index, schemas, provider and editors; exit 1 when something needs mending.") { path };
        command.SetAction((parsed, cancellation) => RunAsync(parsed.GetValue(path), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string? path, CancellationToken cancellationToken)
    {
        var report = new Report();
        report.Good("storylsp", $"{LspCommand.Version} on {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier}");
        await using (var story = await OpenStory.OpenAsync(path, cancellationToken).ConfigureAwait(false))
        {
            Story(report, story);
            IndexFile(report, story);
            Schemas(report, story.Snapshot);
            Pipelines(report, story.Snapshot);
            Provider(report, story.Snapshot.Settings.Ai);
        }

        EditorsFound(report);
        return report.IsGood ? 0 : 1;
    }

    private static void Story(Report report, OpenStory story)
    {
        var snapshot = story.Snapshot;
        report.Good("story", $"{story.Workspace.Root}: {snapshot.DocumentCount} files, {snapshot.Containers.Count()} containers");
        report.Good("settings", snapshot.Settings.Exists
            ? $"{SettingsReader.FileName}: {snapshot.Settings.Title ?? "no title"}"
            : $"no {SettingsReader.FileName}: this folder is read as plain notes. `storylsp init` makes a story of it.");
    }

    private static void IndexFile(Report report, OpenStory story)
    {
        var file = Path.Combine(story.Workspace.Root, ".story", "cache", "index.db");
        if (File.Exists(file))
        {
            report.Good("index", $"{file}, {new FileInfo(file).Length / 1024} KB; it may be deleted at any time");
        }
        else
        {
            report.Bad("index", $"{file} could not be written, so every start reads all files anew. Make the folder writable.");
        }
    }

    private static void Schemas(Report report, Snapshot snapshot)
    {
        var own = snapshot.Schemas.All.Where(schema => !schema.IsShipped).Select(schema => schema.Name).ToList();
        var faults = snapshot.Documents.Where(facts => facts.Kind == Language.Facts.DocumentKind.Schema && facts.Findings.Count > 0).Select(facts => facts.Path).ToList();
        var counted = $"{snapshot.Schemas.All.Count - own.Count} shipped" + (own.Count == 0 ? "" : $", {own.Count} of your own: {string.Join(", ", own)}") + $"; {Findings.Rules.Count} rules";
        if (faults.Count == 0)
        {
            report.Good("schemas", counted);
        }
        else
        {
            report.Bad("schemas", $"{counted}. At fault: {string.Join(", ", faults)}. See `storylsp schema validate`.");
        }
    }

    private static void Pipelines(Report report, Snapshot snapshot)
    {
        var own = PipelineFiles.All(snapshot).Where(pipeline => pipeline.Path is not null).Select(pipeline => pipeline.Name + (PipelineFiles.ReplacesShipped(pipeline) ? $" (in place of the shipped one: {pipeline.Path})" : "")).ToList();
        var faults = snapshot.Documents.Where(facts => facts.Kind == Language.Facts.DocumentKind.Pipeline && facts.Findings.Count > 0).Select(facts => facts.Path).ToList();
        var counted = $"{PipelineFiles.Shipped.Count} shipped" + (own.Count == 0 ? "" : $", {own.Count} of the story's own: {string.Join(", ", own)}");
        if (faults.Count == 0)
        {
            report.Good("pipelines", counted);
        }
        else
        {
            report.Bad("pipelines", $"{counted}. At fault: {string.Join(", ", faults)}. See `storylsp check`.");
        }
    }

    private static void Provider(Report report, AiSettings settings)
    {
        if (!settings.Enabled)
        {
            report.Good("provider", "switched off (`ai.enabled: false`)");
            return;
        }

        if (settings.Provider == "editor")
        {
            report.Good("provider", "editor: the models of the editor in which you run a step; the command line has none");
        }
        else if (new ChatClients(Environment.GetEnvironmentVariable).Check(settings) is { } fault)
        {
            report.Bad("provider", fault);
        }
        else
        {
            report.Good("provider", settings.Provider == "offline" ? "offline: no model, no network" : $"{settings.Provider}{(settings.Model is { } model ? ", model " + model : "")}");
        }
    }

    private static void EditorsFound(Report report)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        var found = Editors.Where(editor => folders.Any(folder => File.Exists(Path.Combine(folder, editor)) || File.Exists(Path.Combine(folder, editor + ".exe")))).ToList();
        report.Good("editors", found.Count == 0 ? "none found on the PATH" : string.Join(", ", found));
    }

    private sealed class Report
    {
        public bool IsGood { get; private set; } = true;

        public void Good(string what, string message) => Console.Out.WriteLine($"ok       {what,-9} {message}");

        public void Bad(string what, string message)
        {
            IsGood = false;
            Console.Out.WriteLine($"problem  {what,-9} {message}");
        }
    }
}
