using System.Text.Json;
using StoryLsp.Features.Refactorings;
using StoryLsp.Protocol;
using StoryLsp.Protocol.JsonRpc;
using StoryLsp.Server.Conversion;
using StoryLsp.Server.Extensions;
using StoryLsp.Server.Session;

namespace StoryLsp.Server.Handlers;

/// <summary>The refactorings as code actions: their edits are made when one is chosen, where the editor can ask for them then.</summary>
internal static class RefactorActions
{
    /// <summary>The kinds as the server advertises them.</summary>
    public static IReadOnlyList<CodeActionKind> Kinds { get; } = [.. AllRefactorings.List.Select(refactoring => refactoring.Kind).Distinct().Select(kind => new CodeActionKind(kind))];

    /// <summary>The actions at a range, of the kinds that the editor asks for.</summary>
    public static IEnumerable<CommandOrCodeAction> At(Place place, CodeActionParams parameters, Func<string, bool> isWanted, CancellationToken cancellationToken)
    {
        var span = place.SpanOf(parameters.Range);
        // A light that burns wherever the cursor goes says nothing: unasked, there is one only where something is selected.
        var isUnasked = parameters.Context is { TriggerKind: CodeActionTriggerKind.Automatic, Only: null or { Count: 0 } } && span.IsEmpty;
        if (isUnasked || !place.Session.Client.TakesCodeActions || RefactoringPlace.Of(place.Snapshot, place.Path, span, cancellationToken) is not { } here || here.Document.Text.Length != place.Text.Length)
        {
            yield break;
        }

        foreach (var (refactoring, offer) in AllRefactorings.At(here, isWanted))
        {
            var arguments = RefactorArguments.Of(refactoring.Name, parameters.TextDocument.Uri, parameters.Range, place.Versions.Of(place.Story, place.Path), offer.Input);
            var action = new CodeAction { Title = offer.Title, Kind = new CodeActionKind(refactoring.Kind) };
            if (refactoring is IReviewedRefactoring || place.Session.Client is { AppliesEdits: true, Extensions.Refactorings: true })
            {
                // It is looked through as a proposal, and a client may ask for what is missing before it executes this; or the editor asks about edits only
                // where they come by a command.
                yield return action with
                {
                    Command = new Command
                    {
                        Title = offer.Title,
                        Identifier = StoryCommands.Refactor,
                        Arguments = [JsonSerializer.SerializeToElement(arguments, ExtensionJson.Default.RefactorArguments)],
                    },
                };
            }
            else if (place.Session.Client.ResolvesActionEdits)
            {
                yield return action with { Data = JsonSerializer.SerializeToElement(arguments, ExtensionJson.Default.RefactorArguments) };
            }
            else if (refactoring.Change(here, offer.Input).Change is { } change && EditConversion.Edit(place, change) is { } edit)
            {
                yield return action with { Edit = edit };
            }
        }
    }

    /// <summary><c>codeAction/resolve</c>: the edit of the action that was chosen.</summary>
    public static void Register(LanguageConnection connection, EditorSession session) =>
        connection.OnRequest(LspMethods.CodeActionResolve, async (action, context) =>
        {
            if (ArgumentsOf(action) is not { Name: not null, Uri: { } uri, Range: not null } arguments)
            {
                return action;
            }

            var found = session.WholePlaceOf(uri, context.CancellationToken);
            return await Task.Run(
                async () => await found.ConfigureAwait(false) is { } place ? action with { Edit = EditOf(place, arguments, context.CancellationToken) } : action,
                context.CancellationToken).ConfigureAwait(false);
        });

    /// <summary>The edit of a refactoring.</summary>
    /// <exception cref="ResponseErrorException">There is none; the message says why.</exception>
    public static WorkspaceEdit EditOf(Place place, RefactorArguments arguments, CancellationToken cancellationToken)
    {
        var here = PlaceOf(place, arguments, cancellationToken);
        if (AllRefactorings.Find(arguments.Name!) is not { } refactoring)
        {
            throw new ResponseErrorException(LSPErrorCodes.RequestFailed, $"There is no refactoring `{arguments.Name}`. There are: {string.Join(", ", AllRefactorings.List.Select(known => known.Name))}.");
        }

        var result = refactoring.Change(here, arguments.Input());
        return result.Change is not { } change ? throw new ResponseErrorException(LSPErrorCodes.RequestFailed, result.Refusal ?? "There is nothing to change here.")
            : EditConversion.Edit(place, change)
                ?? throw new ResponseErrorException(LSPErrorCodes.RequestFailed, "This editor cannot make, move or remove files, which this change needs. Nothing was changed.");
    }

    /// <summary>Where a refactoring is wanted.</summary>
    /// <exception cref="ResponseErrorException">The text is another by now, or no part of a story; the message says so.</exception>
    public static RefactoringPlace PlaceOf(Place place, RefactorArguments arguments, CancellationToken cancellationToken)
    {
        if (arguments.Version is { } version && place.Versions.Of(place.Story, place.Path) is { } now && now != version)
        {
            throw new ResponseErrorException(LSPErrorCodes.ContentModified, "The text was changed since this was offered. Ask again.");
        }

        if (RefactoringPlace.Of(place.Snapshot, place.Path, place.SpanOf(arguments.Range!.Value), cancellationToken) is not { } here || here.Document.Text.Length != place.Text.Length)
        {
            throw new ResponseErrorException(LSPErrorCodes.RequestFailed, place.Snapshot.IsComplete ? "This file is no part of the story." : "The story is still being read. Try again in a moment.");
        }

        return here;
    }

    private static RefactorArguments? ArgumentsOf(CodeAction action)
    {
        try
        {
            return action.Data?.Deserialize(ExtensionJson.Default.RefactorArguments);
        }
        catch (JsonException)
        {
            // Another server's action.
            return null;
        }
    }
}
