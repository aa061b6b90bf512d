using System.CommandLine;
using System.Text;
using StoryLsp.Language.Text;
using StoryLsp.Pipelines.Proposals.Differences;

namespace StoryLsp.Cli.Commands;

/// <summary><c>storylsp textconv</c>: a story file with a line for each sentence, for git.</summary>
internal static class TextconvCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "A Markdown, YAML or Fountain file." };
        var command = new Command("textconv", "Print a story file with a line for each sentence, so that `git diff` shows which sentence changed (`storylsp git install --diff` tells git).") { file };
        command.SetAction((parsed, cancellation) => RunAsync(parsed.GetValue(file)!, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string file, CancellationToken cancellationToken)
    {
        if (!File.Exists(file))
        {
            throw new CommandFailure($"there is no file `{file}`.");
        }

        var bytes = await File.ReadAllBytesAsync(file, cancellationToken).ConfigureAwait(false);
        var text = SourceText.Decode(bytes, out var result);
        await using var output = Console.OpenStandardOutput();
        // What is no text is shown as it is.
        await output.WriteAsync(result.IsValid ? new UTF8Encoding(false).GetBytes(SentenceLines.Of(file, text.Text)) : bytes, cancellationToken).ConfigureAwait(false);
        return 0;
    }
}
