using System.Text.Json;
using StoryLsp.Features.CodeActions;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;
using StoryLsp.Pipelines.Files;
using StoryLsp.Protocol;
using StoryLsp.Server.Conversion;
using StoryLsp.Server.Extensions;
using StoryLsp.Server.Runs;
using StoryLsp.Server.Session;

namespace StoryLsp.Server.Handlers;

/// <summary>The code actions that run a pipeline on what the cursor stands in.</summary>
internal static class PipelineActions
{
    private const string Rewrite = "refactor.rewrite.storylsp.";
    private const string Source = "source.storylsp.";

    /// <summary>The kinds as the server advertises them; each pipeline adds its name.</summary>
    public static IReadOnlyList<CodeActionKind> Kinds { get; } = [new(Rewrite.TrimEnd('.')), new(Source.TrimEnd('.'))];

    /// <summary>The input that names the line of a finding.</summary>
    public static string InputOf(Place place, Finding finding) =>
        place.Path + "#" + (place.RangeOf(finding.Span).Start.Line + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The actions at a range, of the kinds that the editor asks for.</summary>
    public static IEnumerable<CommandOrCodeAction> At(Place place, CodeActionParams parameters, Func<string, bool> isWanted)
    {
        // A prompt is no file of the story: what is found in it is mended by hand.
        if (!place.Snapshot.Settings.Ai.Enabled || place.Story.IsLoose || PromptBuffers.RunOf(place.Path) is not null)
        {
            yield break;
        }

        var span = place.SpanOf(parameters.Range);
        foreach (var pipeline in PipelineFiles.All(place.Snapshot))
        {
            if (pipeline.TakesContainer)
            {
                foreach (var action in OnContainer(place, pipeline, parameters.TextDocument.Uri, span, isWanted))
                {
                    yield return action;
                }
            }
            // No `quickfix`: whoever asks for those wants edits that are ready, and no model.
            else if (pipeline.Input == "findings" && isWanted(Rewrite + pipeline.Name) && place.Snapshot.Facts(place.Path) is not null &&
                PipelineSubjects.FindingsAt(place.Snapshot, place.Session.Findings, place.Path, span) is { Count: > 0 } findings)
            {
                yield return Run(place, TitleOf(pipeline), Rewrite + pipeline.Name, new RunArguments { Pipeline = pipeline.Name, Uri = parameters.TextDocument.Uri, Range = place.RangeOf(findings[0].Span) })
                    with { Diagnostics = [.. findings.Select(finding => FindingConversion.Diagnostic(place.Session, place.Story, place.Snapshot, place.Path, finding))] };
            }
        }
    }

    private static IEnumerable<CodeAction> OnContainer(Place place, PipelineFile pipeline, string uri, TextSpan span, Func<string, bool> isWanted)
    {
        // A synopsis is so small a thing that the proposal alone is enough to look at; the run with its prompt is the second choice.
        // What the story brings itself, and somebody else may have written, is never sent unread.
        var isQuick = pipeline is { Name: SynopsisCommand.Pipeline, Path: null };
        var kind = (pipeline.WritesInPlace && !isQuick ? Rewrite : Source) + pipeline.Name;
        if (!(isWanted(kind) || (isQuick && isWanted(Rewrite + pipeline.Name))) ||
            PipelineSubjects.At(place.Snapshot, place.Path, span, pipeline.Input) is not { } container || (pipeline.ReadsProse && !PipelineSubjects.HasProse(container)))
        {
            yield break;
        }

        var id = place.Snapshot.IdOf(container);
        if (isQuick && isWanted(Rewrite + pipeline.Name))
        {
            yield return Action(place, pipeline.Title, Rewrite + pipeline.Name, StoryCommands.Synopsis,
                JsonSerializer.SerializeToElement(new SynopsisArguments(uri, id), ExtensionJson.Default.SynopsisArguments));
        }

        if (isWanted(kind))
        {
            yield return Run(place, isQuick ? pipeline.Title + ", after a look at the prompt" : TitleOf(pipeline), kind, new RunArguments { Pipeline = pipeline.Name, Uri = uri, Container = id });
        }
    }

    // A file that takes the place of a shipped pipeline says so.
    private static string TitleOf(PipelineFile pipeline) => pipeline.Replaced() ? $"{pipeline.Title} ({pipeline.Path})" : pipeline.Title;

    /// <summary>Whether a pipeline is the story's own and stands in the place of a shipped one.</summary>
    public static bool Replaced(this PipelineFile pipeline) => pipeline.Path is not null && PipelineFiles.Shipped.Any(shipped => shipped.Name == pipeline.Name);

    private static CodeAction Run(Place place, string title, string kind, RunArguments arguments) =>
        Action(place, title, kind, StoryCommands.Run, JsonSerializer.SerializeToElement(arguments, ExtensionJson.Default.RunArguments));

    private static CodeAction Action(Place place, string title, string kind, string command, JsonElement argument) => new()
    {
        Title = title,
        Kind = new CodeActionKind(kind),
        // What `offline` does is no model's work.
        Tags = place.Session.Client.TakesCodeActionTags && place.Snapshot.Settings.Ai.Provider != "offline" ? [CodeActionTag.LLMGenerated] : null,
        Command = new Command
        {
            Title = title,
            Identifier = command,
            Arguments = [argument],
        },
    };
}
