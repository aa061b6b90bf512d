using System.Text;
using Microsoft.Extensions.AI;
using StoryLsp.Pipelines.Files;
using StoryLsp.Pipelines.Offline;
using StoryLsp.Pipelines.Providers;
using StoryLsp.Pipelines.Runs;

namespace StoryLsp.Pipelines.Steps;

/// <summary>An answer, and who wrote it.</summary>
internal sealed record ModelAnswer(string Text, string Model);

/// <summary>Asks a model once, and again where the answer is empty or broken off, within the limits of the step.</summary>
internal static class ModelCall
{
    /// <summary>Asks.</summary>
    /// <param name="scope">The step.</param>
    /// <param name="step">Its limits.</param>
    /// <param name="model">The model; null: that of the settings.</param>
    /// <param name="messages">The prompt.</param>
    /// <param name="generate">What the answer is; null: a JSON answer of <paramref name="schema"/>.</param>
    /// <param name="schema">The form of a JSON answer.</param>
    /// <param name="cancellationToken">Stops waiting at once, whatever the provider does.</param>
    /// <exception cref="ProviderException">There is no answer.</exception>
    public static async Task<ModelAnswer> AskAsync(
        StepScope scope, ModelStep step, string? model, IReadOnlyList<ChatMessage> messages, GenerateStep? generate, IReadOnlyList<Language.Schemas.FieldSchema> schema, CancellationToken cancellationToken)
    {
        var ai = scope.Snapshot.Settings.Ai;
        model ??= ai.Model;
        using var client = scope.Options.Clients(new ProviderRequest(
            scope.Snapshot, ai, model, scope.Told.Secrets, scope.Run,
            usage => scope.Options.History.Append(scope.Event(EventKinds.Usage, new() { Model = usage.Model, InputTokens = usage.InputTokens, OutputTokens = usage.OutputTokens, Cost = usage.Cost })),
            retry => Retrying(scope, retry)) { Before = new RunUsage(scope.State.Tokens, scope.State.Cost ?? 0) });
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await OnceAsync(scope, step, client, messages, Options(scope, step, model, generate, schema), cancellationToken).ConfigureAwait(false);
            }
            catch (ProviderException exception) when (attempt < step.Retries && exception.Failure is ProviderFailure.Empty or ProviderFailure.BrokenOff)
            {
                Retrying(scope, new RetryReport(attempt + 1, TimeSpan.Zero, exception.Message));
            }
        }
    }

    // The findings of a whole story cost time, and no other provider reads them from here.
    private static bool IsOffline(StepScope scope) => scope.Snapshot.Settings.Ai is { Provider: "offline" } or { Provider: "replay", Record: "offline" };

    private static void Retrying(StepScope scope, RetryReport retry)
    {
        scope.Options.History.Append(scope.Event(EventKinds.Retry, new() { Message = retry.Reason, WaitSeconds = retry.Wait.TotalSeconds }));
        scope.Report("Asking again: " + retry.Reason);
    }

    private static ChatOptions Options(StepScope scope, ModelStep step, string? model, GenerateStep? generate, IReadOnlyList<Language.Schemas.FieldSchema> schema)
    {
        var options = new ChatOptions
        {
            ModelId = model,
            Temperature = (float?)step.Temperature,
            MaxOutputTokens = step.MaxTokens,
            ResponseFormat = schema.Count > 0 ? AnswerSchema.Format(schema) : null,
        };
        options.AdditionalProperties = new()
        {
            [OfflineTask.Key] = new OfflineTask(generate?.Offline, new OfflineInput([], scope.Snapshot, scope.Subject, scope.Options.Findings, IsOffline(scope) ? scope.Asked : [])),
        };
        return options;
    }

    private static async Task<ModelAnswer> OnceAsync(StepScope scope, ModelStep step, IChatClient client, IReadOnlyList<ChatMessage> messages, ChatOptions options, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var timer = scope.Options.Time.CreateTimer(_ => limit.Cancel(), null, step.Timeout, Timeout.InfiniteTimeSpan);
        try
        {
            // A provider that does not listen to its token must not hold up whoever wants to stop.
            return await ReadAsync(scope, client, messages, options, limit.Token).WaitAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ProviderException(ProviderFailure.TimedOut, FormattableString.Invariant($"The model did not finish within {step.Timeout.TotalSeconds:0} seconds. Resume the run to try again, or give the step a longer `timeout`."));
        }
    }

    private static async Task<ModelAnswer> ReadAsync(StepScope scope, IChatClient client, IReadOnlyList<ChatMessage> messages, ChatOptions options, CancellationToken cancellationToken)
    {
        scope.Report("Waiting for the answer");
        var text = new StringBuilder();
        var model = (string?)null;
        var end = (ChatFinishReason?)null;
        await foreach (var update in client.GetStreamingResponseAsync(messages, options, cancellationToken).ConfigureAwait(false))
        {
            model ??= update.ModelId;
            end = update.FinishReason ?? end;
            if (update.Text.Length > 0)
            {
                text.Append(update.Text);
                scope.Report("Writing", update.Text);
            }
        }

        if (end == ChatFinishReason.Length)
        {
            throw new ProviderException(ProviderFailure.Unreadable, "The answer was longer than it may be, and broke off. Give the step more `max_tokens`.");
        }

        return text.ToString().Any(char.IsLetterOrDigit)
            ? new(text.ToString(), model ?? options.ModelId ?? "unknown")
            : throw new ProviderException(ProviderFailure.Empty, "The answer was empty. Nothing was changed; try again.");
    }
}
