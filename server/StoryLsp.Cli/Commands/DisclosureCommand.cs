using System.CommandLine;
using StoryLsp.Cli.Output;
using StoryLsp.Index;
using StoryLsp.Pipelines.Provenance;

namespace StoryLsp.Cli.Commands;

/// <summary><c>storylsp disclosure</c>: how much of a story is a model's, edited, or a person's own.</summary>
internal static class DisclosureCommand
{
    public static Command Create()
    {
        var path = new Argument<string?>("PATH") { Arity = ArgumentArity.ZeroOrOne, Description = "The story's folder, or a part of it that alone is counted." };
        var format = new Option<string>("--format") { DefaultValueFactory = _ => "text", Description = "text or json." };
        format.AcceptOnlyFromAmong("text", "json");
        var trailers = new Option<bool>("--trailers") { Description = "Print git trailers for what was accepted and is not committed yet, and nothing else." };
        var command = new Command("disclosure", "Say how much of the story is a model's, edited, or a person's own, by the sentences that survive, in the terms that publishers ask for.") { path, format, trailers };
        command.SetAction((parsed, cancellation) => parsed.GetValue(trailers)
            ? TrailersAsync(parsed.GetValue(path), cancellation)
            : ReportAsync(parsed.GetValue(path), parsed.GetValue(format) == "json", cancellation));
        return command;
    }

    private static async Task<int> ReportAsync(string? path, bool isJson, CancellationToken cancellationToken)
    {
        await using var story = await OpenStory.OpenAsync(path, cancellationToken).ConfigureAwait(false);
        var provenance = new ProvenanceStore(story.Workspace.Root);
        var report = Disclosure.Of(story.Snapshot, provenance.All(), story.Scope);
        if (isJson)
        {
            await using var output = Console.OpenStandardOutput();
            DisclosureOutput.WriteJson(output, report);
        }
        else
        {
            DisclosureOutput.WriteText(Console.Out, report);
        }

        return TellDamaged(provenance);
    }

    private static async Task<int> TrailersAsync(string? path, CancellationToken cancellationToken)
    {
        var full = Path.GetFullPath(path ?? Directory.GetCurrentDirectory());
        if (!Path.Exists(full))
        {
            throw new CommandFailure($"there is no `{path}`. Name a story's folder.");
        }

        var root = WorkspaceRoot.Find(full);
        var git = new GitFiles(root);
        await git.RequireRepositoryAsync(cancellationToken).ConfigureAwait(false);
        await using var story = await OpenStory.OpenAsync(path, cancellationToken).ConfigureAwait(false);
        var provenance = new ProvenanceStore(root);
        var records = Disclosure.Surviving(story.Snapshot, provenance.All());
        var committed = new Dictionary<string, ProvenanceRecord?>(StringComparer.Ordinal);
        foreach (var record in records)
        {
            var text = await git.AtHeadAsync($"{ProvenanceStore.Folder}/{record.Proposal}.json", cancellationToken).ConfigureAwait(false);
            committed[record.Proposal] = text is null ? null : ProvenanceStore.Parse(text);
        }

        foreach (var trailer in GitTrailers.Of(records, committed.GetValueOrDefault))
        {
            Console.Out.WriteLine(trailer);
        }

        return TellDamaged(provenance);
    }

    // What stands in them is counted as a person's own, which nobody should declare unaware.
    private static int TellDamaged(ProvenanceStore provenance)
    {
        var damaged = provenance.Damaged();
        foreach (var file in damaged)
        {
            Console.Error.WriteLine($"storylsp: {file} cannot be read (a merge that is not finished?), so what it says of a model's sentences is missing here. Mend it, or take it from git.");
        }

        return damaged.Count == 0 ? 0 : 1;
    }
}
