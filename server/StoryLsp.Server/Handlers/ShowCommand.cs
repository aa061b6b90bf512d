using System.Text.Json;
using StoryLsp.Protocol;
using StoryLsp.Server.Extensions;
using StoryLsp.Server.Session;

namespace StoryLsp.Server.Handlers;

/// <summary>The command <c>storylsp.show</c>: brings a place of the story before the person.</summary>
internal static class ShowCommand
{
    public static void Register(EditorSession session, CommandTable commands) => commands.Add(
        StoryCommands.Show, ExtensionJson.Default.ShowArguments, ExtensionJson.Default.ShowAnswer, "{\"uri\": …, \"range\": …}",
        static arguments => arguments.Uri is { Length: > 0 },
        async (arguments, _) =>
        {
            // Nothing that an editor's own lens would not have named is opened.
            await session.StoryFor(arguments.Uri).ConfigureAwait(false);
            var isShown = await Windows.ShowAsync(session, arguments.Uri!, arguments.Range).ConfigureAwait(false);
            if (!isShown && !session.Client.ShowsDocuments)
            {
                var line = arguments.Range is { } range ? $", line {range.Start.Line + 1}" : "";
                Windows.Say(session, MessageType.Info, $"It is in {Conversion.DocumentUri.ToPath(arguments.Uri!) ?? arguments.Uri}{line}.");
            }

            return new ShowAnswer(isShown);
        });

    /// <summary>The command, as a lens carries it.</summary>
    public static Command To(string title, string uri, LspRange? range) => new()
    {
        Title = title,
        Identifier = StoryCommands.Show,
        Arguments = [JsonSerializer.SerializeToElement(new ShowArguments { Uri = uri, Range = range }, ExtensionJson.Default.ShowArguments)],
    };
}
