using System.CommandLine;
using StoryLsp.Cli.Commands;

namespace StoryLsp.Cli;

/// <summary>The executable.</summary>
internal static class Program
{
    /// <summary>Could not run: wrong words, a missing path, an unreadable workspace.</summary>
    public const int CouldNotRun = 2;

    public static async Task<int> Main(string[] arguments)
    {
        // An editor starts the server with no command at all, or with options alone.
        if (arguments.Length == 0 || IsServerOption(arguments[0]))
        {
            arguments = ["lsp", .. arguments];
        }

        var root = new RootCommand("StoryLsp checks and serves stories that are written as plain YAML and Markdown files.")
        {
            LspCommand.Create(),
            CheckCommand.Create(),
            FactsCommand.Create(),
            QueryCommand.Create(),
            SearchCommand.Create(),
            FairnessCommand.Create(),
            RunCommand.Create(),
            RunsCommand.Create(),
            ResumeCommand.Create(),
            ProposalCommand.Create(),
            DisclosureCommand.Create(),
            HistoryCommand.Create(),
            ReviewCommand.Create(),
            GitCommand.Create(),
            MergeDriverCommand.Create(),
            TextconvCommand.Create(),
            SchemaCommand.Create(),
            ExportCommand.Create(),
            McpCommand.Create(),
            InitCommand.Create(),
            DoctorCommand.Create(),
        };
        var parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            var message = parsed.CommandResult.Command == root && !arguments[0].StartsWith('-') ? $"there is no command `{arguments[0]}`." : string.Join(' ', parsed.Errors[0].Message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            await Console.Error.WriteLineAsync($"storylsp: {OneLine(message)} See `storylsp --help`.").ConfigureAwait(false);
            return CouldNotRun;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false }).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            return Failure.Tell(exception);
        }
    }

    // The library lists what is allowed over several lines.
    private static string OneLine(string message) => string.Join(' ', message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static bool IsServerOption(string argument) => argument.Split('=')[0] is "--stdio" or "--pipe" or "--socket" or "--clientProcessId";
}
