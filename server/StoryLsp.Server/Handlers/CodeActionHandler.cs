using StoryLsp.Continuity;
using StoryLsp.Features.CodeActions;
using StoryLsp.Language.Facts;
using StoryLsp.Protocol;
using StoryLsp.Protocol.JsonRpc;
using StoryLsp.Server.Conversion;
using StoryLsp.Server.Session;

namespace StoryLsp.Server.Handlers;

/// <summary><c>textDocument/codeAction</c>: quick fixes and refactorings as edits, pipelines as commands.</summary>
internal static class CodeActionHandler
{
    public static void Register(LanguageConnection connection, EditorSession session) =>
        connection.OnRequest(LspMethods.TextDocumentCodeAction, (parameters, context) => session.AnswerWhole<IReadOnlyList<CommandOrCodeAction>?>(
            parameters.TextDocument.Uri, context, [], (place, cancellation) => [.. Fixes(place, parameters, cancellation), .. Remarks(place, parameters), .. RefactorActions.At(place, parameters, kind => IsWanted(parameters, kind), cancellation), .. PipelineActions.At(place, parameters, kind => IsWanted(parameters, kind))]));

    private static IEnumerable<CommandOrCodeAction> Fixes(Place place, CodeActionParams parameters, CancellationToken cancellationToken)
    {
        if (!IsWanted(parameters, CodeActionKind.QuickFix.Value))
        {
            yield break;
        }

        foreach (var (finding, fix) in QuickFixes.At(place.Snapshot, place.Session.Findings, place.Path, place.SpanOf(parameters.Range), cancellationToken))
        {
            if (EditConversion.Edit(place, fix.Change) is { } edit)
            {
                yield return new CodeAction
                {
                    Title = fix.Title,
                    Kind = CodeActionKind.QuickFix,
                    IsPreferred = fix.IsPreferred ? true : null,
                    Diagnostics = [FindingConversion.Diagnostic(place.Session, place.Story, place.Snapshot, place.Path, finding)],
                    Edit = edit,
                };
            }
        }
    }

    private static IEnumerable<CommandOrCodeAction> Remarks(Place place, CodeActionParams parameters) =>
        IsWanted(parameters, CodeActionKind.QuickFix.Value) ? RemarkHandlers.At(place, parameters) : [];

    private static bool IsWanted(CodeActionParams parameters, string kind) =>
        parameters.Context.Only is not { Count: > 0 } only ||
        only.Any(wanted => wanted.Value.Length == 0 || kind == wanted.Value || kind.StartsWith(wanted.Value + ".", StringComparison.Ordinal));
}
