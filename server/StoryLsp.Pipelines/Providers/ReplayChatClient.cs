using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using StoryLsp.Pipelines.History;

namespace StoryLsp.Pipelines.Providers;

/// <summary>
/// The provider <c>replay</c>: gives the answers that were recorded, for tests and for machines without a model. Where a recording is missing, another provider
/// is asked and recorded, if the settings name one. A recording is a file of its own, named by the hash of its request.
/// </summary>
/// <param name="folder">The absolute path of the recordings.</param>
/// <param name="shown">What the folder is called in messages.</param>
/// <param name="model">The model of requests that name none.</param>
/// <param name="source">Who is asked where there is no recording; null: nobody.</param>
/// <param name="provider">What that provider is called.</param>
/// <param name="counts">How often each request was made in this run.</param>
internal sealed class ReplayChatClient(
    string folder, string shown, string? model, IChatClient? source, string? provider, ConcurrentDictionary<string, int> counts) : IChatClient
{
    private const long LongestFile = 16_000_000;

    /// <inheritdoc/>
    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    /// <inheritdoc/>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var all = messages.ToList();
        var (hash, request) = Recording.Of(all, options, model);
        var occurrence = counts.AddOrUpdate(hash, 1, (_, count) => count + 1);
        var name = NameOf(hash, occurrence);
        var path = Path.Combine(folder, name);
        if ((Read(path, name) ?? (source is null ? LastOf(hash, occurrence) : null)) is { } recording)
        {
            foreach (var update in Updates(recording))
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return update;
            }

            yield break;
        }

        var answer = new Answer();
        await foreach (var update in (source ?? throw Missing(name)).GetStreamingResponseAsync(all, options, cancellationToken).ConfigureAwait(false))
        {
            answer.Add(update);
            yield return update;
        }

        Write(path, new() { Hash = hash, Occurrence = occurrence, Provider = provider, Request = request, Answer = answer.ToRecorded() });
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null) => serviceType.IsInstanceOfType(this) ? this : source?.GetService(serviceType, serviceKey);

    /// <inheritdoc/>
    public void Dispose() => source?.Dispose();

    private Recording? Read(string path, string name)
    {
        try
        {
            if (!File.Exists(path))
            {
                return null;
            }

            return new FileInfo(path).Length <= LongestFile ? Recording.Read(File.ReadAllText(path)) : throw new JsonException();
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new ProviderException(ProviderFailure.Unreadable, $"The recorded answer `{shown}/{name}` cannot be read. Restore it, or delete it and record it again.");
        }
    }

    // A run that was resumed, or did a step once more, may ask more often than the one that was recorded: it gets the last answer again.
    private Recording? LastOf(string hash, int occurrence)
    {
        for (var earlier = occurrence - 1; earlier >= 1; earlier--)
        {
            var name = NameOf(hash, earlier);
            if (Read(Path.Combine(folder, name), name) is { } recording)
            {
                return recording;
            }
        }

        return null;
    }

    private static string NameOf(string hash, int occurrence) => occurrence == 1 ? hash + ".json" : $"{hash}-{occurrence}.json";

    // A recording that is half written is none: it is written beside its place, and then moved there.
    private void Write(string path, Recording recording)
    {
        try
        {
            WholeFile.Write(path, recording.ToJson(), "." + Guid.NewGuid().ToString("N")[..8] + ".tmp");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new ProviderException(ProviderFailure.NotConfigured, $"The answer could not be recorded in `{shown}`. Make that folder writable, or set `ai.replays` in story.yaml to another one.");
        }
    }

    private ProviderException Missing(string name) => new(ProviderFailure.NotConfigured,
        $"There is no recorded answer to this prompt: `{shown}/{name}` does not exist. The prompt, the model or the story has changed since the recording. " +
        "Record it by `ai.record: openai` (or another provider) in story.yaml, and run the step once more where that provider can be asked.");

    private static IEnumerable<ChatResponseUpdate> Updates(Recording recording)
    {
        for (var i = 0; i < recording.Answer.Text.Count; i++)
        {
            var line = recording.Answer.Text[i] + (i + 1 < recording.Answer.Text.Count ? "\n" : "");
            if (line.Length > 0)
            {
                yield return Update(recording, new TextContent(line));
            }
        }

        var usage = new UsageContent(new() { InputTokenCount = recording.Answer.InputTokens, OutputTokenCount = recording.Answer.OutputTokens });
        var last = Update(recording, usage);
        last.FinishReason = ChatFinishReason.Stop;
        yield return last;
    }

    private static ChatResponseUpdate Update(Recording recording, AIContent content) => new(ChatRole.Assistant, [content])
    {
        ModelId = recording.Answer.Model,
        AdditionalProperties = new() { [AccountingChatClient.ReplayedKey] = true },
    };

    private sealed class Answer
    {
        private readonly StringBuilder _text = new();
        private string? _model;
        private long? _input;
        private long? _output;

        public void Add(ChatResponseUpdate update)
        {
            _text.Append(update.Text);
            _model = update.ModelId ?? _model;
            foreach (var usage in update.Contents.OfType<UsageContent>())
            {
                _input = usage.Details.InputTokenCount ?? _input;
                _output = usage.Details.OutputTokenCount ?? _output;
            }
        }

        public RecordedAnswer ToRecorded() => new() { Text = Recording.Lines(_text.ToString()), Model = _model, InputTokens = _input, OutputTokens = _output };
    }
}
