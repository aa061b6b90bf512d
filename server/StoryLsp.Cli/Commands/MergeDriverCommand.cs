using System.CommandLine;
using StoryLsp.Cli.Git;

namespace StoryLsp.Cli.Commands;

/// <summary><c>storylsp merge-driver</c>: what git calls to merge a story file.</summary>
internal static class MergeDriverCommand
{
    private const int MarkerSize = 7;

    public static Command Create()
    {
        var origin = new Argument<string>("BASE") { Description = "The file that both come from (%O)." };
        var ours = new Argument<string>("OURS") { Description = "Our file, which takes the result (%A)." };
        var theirs = new Argument<string>("THEIRS") { Description = "Their file (%B)." };
        var size = new Argument<int>("SIZE") { Arity = ArgumentArity.ZeroOrOne, DefaultValueFactory = _ => MarkerSize, Description = "How long the marks of conflicts are (%L)." };
        var path = new Argument<string?>("PATH") { Arity = ArgumentArity.ZeroOrOne, Description = "The path in the repository (%P)." };
        var command = new Command("merge-driver", "Merge a story file by containers and fields, for git (`storylsp git install` tells git); exit 1 when a person must decide.") { origin, ours, theirs, size, path };
        command.SetAction((parsed, cancellation) => RunAsync(
            parsed.GetValue(origin)!, parsed.GetValue(ours)!, parsed.GetValue(theirs)!, parsed.GetValue(size), parsed.GetValue(path), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string origin, string ours, string theirs, int size, string? path, CancellationToken cancellationToken)
    {
        foreach (var file in new[] { origin, ours, theirs }.Where(file => !File.Exists(file)))
        {
            throw new CommandFailure($"there is no file `{file}`. git calls this command itself, once `storylsp git install` has told it to.");
        }

        return await new FileMerge(origin, ours, theirs, size < 1 ? MarkerSize : size, path ?? ours).RunAsync(cancellationToken).ConfigureAwait(false) ? 0 : 1;
    }
}
