using System.CommandLine;
using System.Text;
using StoryLsp.Cli.Git;
using StoryLsp.Cli.Output;
using StoryLsp.Index;

namespace StoryLsp.Cli.Commands;

/// <summary><c>storylsp review</c>: what changed in the story between two commits.</summary>
internal static class ReviewCommand
{
    public static Command Create()
    {
        var range = new Argument<string?>("REV..REV") { Arity = ArgumentArity.ZeroOrOne, Description = "Two commits, A..B (or A...B: since they parted), or one commit to compare the files with; HEAD when left out." };
        var path = new Argument<string?>("PATH") { Arity = ArgumentArity.ZeroOrOne, Description = "The story's folder; the current folder when left out." };
        var format = new Option<string>("--format") { DefaultValueFactory = _ => "text", Description = "text, json, or markdown for a pull request." };
        format.AcceptOnlyFromAmong("text", "json", "markdown");
        var command = new Command("review", "Tell what changed in the story's facts between two commits, which scenes that touches, which findings are new, and what came from a model.") { range, path, format };
        command.SetAction((parsed, cancellation) => RunAsync(parsed.GetValue(range) ?? "HEAD", parsed.GetValue(path), parsed.GetValue(format)!, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string range, string? path, string format, CancellationToken cancellationToken)
    {
        var full = Path.GetFullPath(path ?? Directory.GetCurrentDirectory());
        if (!Path.Exists(full))
        {
            throw new CommandFailure($"there is no `{path}`. Name a story's folder.");
        }

        var repository = await GitRepository.FindAsync(WorkspaceRoot.Find(full), cancellationToken).ConfigureAwait(false);
        var review = await (await StoryRange.ReadAsync(repository, range, cancellationToken).ConfigureAwait(false)).ReviewAsync(cancellationToken).ConfigureAwait(false);
        await using var output = Console.OpenStandardOutput();
        if (format == "json")
        {
            ReviewJson.Write(output, review);
        }
        else
        {
            await using var writer = new StreamWriter(output, new UTF8Encoding(false)) { NewLine = "\n" };
            new ReviewPage(writer, isMarkdown: format == "markdown").Write(review);
        }

        return 0;
    }
}
