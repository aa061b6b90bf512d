using System.CommandLine;
using StoryLsp.Cli.Mcp;

namespace StoryLsp.Cli.Commands;

/// <summary><c>storylsp mcp</c>: a story for models that ask by themselves, as tools and resources of the Model Context Protocol.</summary>
internal static class McpCommand
{
    public static Command Create()
    {
        var path = new Argument<string?>("PATH") { Arity = ArgumentArity.ZeroOrOne, Description = "The story's folder; the current folder when left out." };
        var command = new Command("mcp", "Serve a story to a model's application over stdio (Model Context Protocol): it reads what is no secret, and proposes what you decide about.") { path };
        command.SetAction((parsed, cancellation) => McpHost.RunAsync(parsed.GetValue(path), cancellation));
        return command;
    }
}
