using System.Text.Json;
using StoryLsp.Protocol;
using StoryLsp.Server.Conversion;
using StoryLsp.Server.Extensions;
using StoryLsp.Server.Session;

namespace StoryLsp.Server.Handlers;

/// <summary>What a person can do with a model's remark: put it aside.</summary>
internal static class RemarkHandlers
{
    public static void Register(EditorSession session, CommandTable commands) => commands.Add(
        StoryCommands.PutRemarkAside, ExtensionJson.Default.RemarkArguments, ExtensionJson.Default.RemarkAnswer, "{\"uri\": …, \"rule\": …, \"note\": …}",
        static arguments => arguments is { Uri: not null, Rule: not null, Note: not null },
        async (arguments, _) =>
        {
            var story = await session.StoryFor(arguments.Uri).ConfigureAwait(false);
            var path = DocumentUri.ToPath(arguments.Uri!) is { } file ? story.RelativePath(file) : null;
            return new RemarkAnswer(path is null ? 0 : session.Remarks.PutAside(story, path, arguments.Rule!, arguments.Note!));
        });

    /// <summary>The actions on the remarks that a range touches.</summary>
    public static IEnumerable<CommandOrCodeAction> At(Place place, CodeActionParams parameters)
    {
        var span = place.SpanOf(parameters.Range);
        foreach (var remark in place.Session.Remarks.Of(place.Story, place.Snapshot, place.Path).Where(remark => remark.Span.Touches(span.Start) || remark.Span.Overlaps(span)))
        {
            yield return new CodeAction
            {
                Title = "Put the remark aside",
                Kind = CodeActionKind.QuickFix,
                Diagnostics = [FindingConversion.Diagnostic(place.Session, place.Story, place.Snapshot, place.Path, remark)],
                Command = new Command
                {
                    Title = "Put the remark aside",
                    Identifier = StoryCommands.PutRemarkAside,
                    Arguments = [JsonSerializer.SerializeToElement(new RemarkArguments { Uri = parameters.TextDocument.Uri, Rule = remark.Code, Note = remark.Message }, ExtensionJson.Default.RemarkArguments)],
                },
            };
        }
    }
}
