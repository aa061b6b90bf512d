using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace StoryLsp.Protocol.JsonRpc;

/// <summary>
/// A connection to an editor over any pair of streams. One loop reads and never waits for work: notifications are handled
/// on it in order, requests until their handler returns its task. One writer sends. Register handlers before
/// <see cref="RunAsync"/>.
/// </summary>
/// <param name="input">What the other side writes.</param>
/// <param name="output">What the other side reads.</param>
/// <param name="logger">Where troubles and, at trace level, methods are logged; never the output.</param>
/// <param name="options">How the connection behaves; null for a server's.</param>
public sealed class LanguageConnection(Stream input, Stream output, ILogger logger, ConnectionOptions? options = null)
{
    private readonly ConnectionOptions options = options ?? new ConnectionOptions();
    private readonly Dictionary<string, IRequestRoute> requestRoutes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, INotificationRoute> notificationRoutes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<RequestId, InboundRequest> inbound = new();
    private readonly ConcurrentDictionary<ProgressToken, WorkDoneProgress> progresses = new();
    private readonly PendingRequests pending = new();
    private readonly FrameWriter writer = new(output);
    private readonly ServerLifecycle lifecycle = new();
    private readonly TaskCompletionSource<string> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource closing = new();
    private long lastProgress;

    private bool IsServer => options.Role == ConnectionRole.Server;

    /// <summary>
    /// What the client wants to be told of the traffic, by <c>$/logTrace</c>: names, ids, times and sizes, and never what stands in a message, for that is
    /// the writer's own. Set it by <c>initialize</c> and <c>$/setTrace</c>.
    /// </summary>
    public TraceValue Trace { get; set; } = TraceValue.Off;

    /// <summary>Whether the client asked for <c>shutdown</c>.</summary>
    public bool IsShutDown => lifecycle.IsShutDown;

    /// <summary>Cancelled when the connection ends, so that background work ends with it.</summary>
    public CancellationToken Closing => closing.Token;

    /// <summary>
    /// Registers the handler of a request. It runs on the reading loop up to its first wait, where it may look at the state that
    /// notifications change; whatever takes time belongs behind a <see cref="Task.Run(Action)"/>.
    /// </summary>
    public void OnRequest<TParams, TResult>(RequestMethod<TParams, TResult> method, Func<TParams, RequestContext, Task<TResult>> handler) =>
        requestRoutes[method.Name] = new RequestRoute<TParams, TResult>(method, handler, this);

    /// <summary>
    /// Registers the handler of a request in two halves: <paramref name="snapshot"/> runs on the reading loop, in order with all
    /// changes, and <paramref name="answer"/> in the background.
    /// </summary>
    public void OnRequest<TParams, TResult, TSnapshot>(
        RequestMethod<TParams, TResult> method,
        Func<TParams, TSnapshot> snapshot,
        Func<TParams, TSnapshot, RequestContext, TResult> answer) =>
        OnRequest(method, (parameters, context) =>
        {
            var taken = snapshot(parameters);
            return Task.Run(() => answer(parameters, taken, context), context.CancellationToken);
        });

    /// <summary>Registers the handler of a notification. It runs on the reading loop, in order, so it must be short.</summary>
    public void OnNotification<TParams>(NotificationMethod<TParams> method, Action<TParams> handler) =>
        notificationRoutes[method.Name] = new NotificationRoute<TParams>(method, handler);

    /// <summary>
    /// Reads and answers until <c>exit</c>, the input's end, the client's death or <paramref name="cancellation"/>.
    /// </summary>
    /// <returns>The process's exit code: 0 after <c>shutdown</c>, else 1; for a client always 0.</returns>
    public async Task<int> RunAsync(CancellationToken cancellation = default)
    {
        using var registration = cancellation.Register(() => End("The host asked for it."));
        var writing = Task.Run(async () =>
        {
            if (await writer.RunAsync().ConfigureAwait(false))
            {
                End("The output is closed.");
            }
        }, CancellationToken.None);
        _ = Task.Run(ReadAsync, CancellationToken.None);
        logger.LogInformation("The connection ends: {Reason}", await ended.Task.ConfigureAwait(false));
        await CloseAsync(writing).ConfigureAwait(false);
        return !IsServer || IsShutDown ? 0 : 1;
    }

    /// <summary>Sends a request and waits for its answer.</summary>
    /// <exception cref="ResponseErrorException">The other side answered with an error.</exception>
    /// <exception cref="ConnectionClosedException">The connection ended first.</exception>
    /// <exception cref="TimeoutException">There was no answer within <paramref name="timeout"/>.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was cancelled; the other side is told so.</exception>
    public async Task<TResult> SendRequestAsync<TParams, TResult>(
        RequestMethod<TParams, TResult> method,
        TParams parameters,
        CancellationToken cancellation = default,
        TimeSpan? timeout = null)
    {
        cancellation.ThrowIfCancellationRequested();
        var id = pending.NextId();
        var request = new PendingRequest<TParams, TResult>(method);
        pending.Add(id, request);
        try
        {
            Post(MessageJson.Request(id, method.Name, parameters, method.Params));
            if (Trace != TraceValue.Off)
            {
                LogTrace($"Sent {method.Name} ({id})");
            }

            return await request.Task.WaitAsync(timeout ?? Timeout.InfiniteTimeSpan, cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or TimeoutException)
        {
            Post(MessageJson.CancelRequest(id));
            throw;
        }
        finally
        {
            pending.Take(id);
        }
    }

    /// <summary>Sends a notification; it is dropped if the connection has ended.</summary>
    public void Notify<TParams>(NotificationMethod<TParams> method, TParams parameters) =>
        Post(MessageJson.Notification(method.Name, parameters, method.Params));

    /// <summary>Sends <c>$/progress</c>: a part of a result, or work done.</summary>
    public void SendProgress<T>(ProgressToken token, T value, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) =>
        Post(MessageJson.Progress(token, value, type));

    /// <summary>
    /// Begins progress of the server's own accord. The client must declare <c>window.workDoneProgress</c>. No work waits for it: it is shown once the
    /// client has said that it takes the token; one that refuses, or never answers, is not told anything.
    /// </summary>
    public WorkDoneProgress StartProgress(string title, bool isCancellable = false, string? message = null, int? percentage = null)
    {
        ProgressToken token = $"storylsp/{Interlocked.Increment(ref lastProgress)}";
        var progress = new WorkDoneProgress(this, token, isCancellable, title, message, percentage, isTaken: false);
        _ = CreateAsync(progress);
        return progress;
    }

    private async Task CreateAsync(WorkDoneProgress progress)
    {
        try
        {
            await SendRequestAsync(LspMethods.WindowWorkDoneProgressCreate, new WorkDoneProgressCreateParams(progress.Token), closing.Token, options.Patience).ConfigureAwait(false);
            progress.Begin();
        }
        catch (Exception e) when (e is ResponseErrorException or ConnectionClosedException or TimeoutException or OperationCanceledException)
        {
            logger.LogInformation("The client takes no progress: {Message}", e.Message);
        }
    }

    /// <summary>Ends the connection when no process of this id is alive.</summary>
    public void WatchClientProcess(int processId) =>
        _ = Task.Run(async () =>
        {
            await ClientProcessWatch.WaitForExitAsync(processId, closing.Token).ConfigureAwait(false);
            End("The client's process has died.");
        }, CancellationToken.None);

    /// <summary>Sends a request's only answer; its id is free again before the client can know of it.</summary>
    internal void Finish(InboundRequest request, OutgoingFrame answer)
    {
        inbound.TryRemove(new KeyValuePair<RequestId, InboundRequest>(request.Id, request));
        if (request.Failed && request.Method == LspMethods.Initialize.Name)
        {
            lifecycle.InitializeFailed();
        }

        var bytes = answer.Length;
        Post(answer);
        if (Trace != TraceValue.Off)
        {
            LogTrace($"Answered {request.Method} ({request.Id}){(request.Failed ? " with an error" : "")} after {request.Elapsed.TotalMilliseconds:0.#} ms", $"{bytes} bytes");
        }
    }

    /// <summary>What progress of a request of the client is called.</summary>
    internal string TitleOf(string method) => options.ProgressTitle(method);

    /// <summary>After how long a request of the client that is still being answered shows progress.</summary>
    internal TimeSpan ProgressDelay => options.ProgressDelay;

    /// <summary>Sends a part of a result that is JSON already.</summary>
    internal void SendPart(ProgressToken token, ReadOnlyMemory<byte> json) => Post(MessageJson.Progress(token, json));

    private void LogTrace(string message, string? verbose = null)
    {
        if (Trace != TraceValue.Off)
        {
            Notify(LspMethods.LogTrace, new LogTraceParams { Message = message, Verbose = Trace == TraceValue.Verbose ? verbose : null });
        }
    }

    internal void Remember(WorkDoneProgress progress) => progresses[progress.Token] = progress;

    internal void Forget(WorkDoneProgress progress) => progresses.TryRemove(progress.Token, out _);

    private void Post(OutgoingFrame frame) => writer.Post(frame);

    private void End(string reason) => ended.TrySetResult(reason);

    private async Task ReadAsync()
    {
        using var reader = new FrameReader(input, options.LongestContent);
        try
        {
            while (!ended.Task.IsCompleted)
            {
                // A client that asks and does not read is not listened to until it reads, so that its answers do not fill the memory.
                await writer.RoomAsync(options.MostUnsent, closing.Token).ConfigureAwait(false);
                var frame = await reader.ReadAsync(closing.Token).ConfigureAwait(false);
                if (frame.Kind == FrameKind.End)
                {
                    await DrainAsync().ConfigureAwait(false);
                    End("The input has ended.");
                }
                else if (!ended.Task.IsCompleted && !Take(frame))
                {
                    reader.Resynchronise(frame);
                }
            }
        }
        catch (OperationCanceledException) when (closing.IsCancellationRequested)
        {
            // The connection ends.
        }
        catch (Exception e)
        {
            logger.LogCritical(e, "The reading loop failed.");
            End("The reading loop failed.");
        }
    }

    /// <summary>Deals with what was read; false if it was no JSON, so that its length may have been wrong.</summary>
    private bool Take(Frame frame)
    {
        switch (frame.Kind)
        {
            case FrameKind.Noise:
                logger.LogWarning("{Count} bytes of the input belong to no message and were skipped.", frame.Skipped);
                return true;
            case FrameKind.BadLength:
                logger.LogWarning("A message's Content-Length is no length, or one too long.");
                Refuse(default, ErrorCodes.ParseError, $"A message's Content-Length must be a number from 0 to {options.LongestContent}.");
                return true;
        }

        var envelope = Envelope.Read(frame.Content.Span);
        switch (envelope.Kind)
        {
            case EnvelopeKind.Request:
                TakeRequest(envelope);
                return true;
            case EnvelopeKind.Notification:
                TakeNotification(envelope);
                return true;
            case EnvelopeKind.Response:
                TakeResponse(envelope);
                return true;
            case EnvelopeKind.NoJson:
                Refuse(default, ErrorCodes.ParseError, "A message is no valid JSON in UTF-8.");
                return false;
            case EnvelopeKind.Batch:
                Refuse(default, ErrorCodes.InvalidRequest, "The protocol has no batches: send one message at a time.");
                return true;
            default:
                Refuse(envelope.Id, ErrorCodes.InvalidRequest, "A message must have a method, or an id and a result or an error.");
                return true;
        }
    }

    private void TakeRequest(Envelope envelope)
    {
        logger.LogTrace("Request {Method}, id {Id}", envelope.Method, envelope.Id);
        if (Trace != TraceValue.Off)
        {
            LogTrace($"Received {envelope.Method} ({envelope.Id})", $"{envelope.Params.Length} bytes");
        }

        var request = new InboundRequest(envelope.Id, envelope.Method, this, logger);
        if (!inbound.TryAdd(envelope.Id, request))
        {
            Refuse(envelope.Id, ErrorCodes.InvalidRequest, "A request of this id is still being answered.");
            return;
        }

        if (IsServer && lifecycle.Refuse(envelope.Method) is { } refusal)
        {
            request.Refuse(refusal);
        }
        else if (requestRoutes.TryGetValue(envelope.Method, out var route))
        {
            route.Handle(request, envelope.Params);
        }
        else if (envelope.Method == LspMethods.Shutdown.Name)
        {
            request.Answer(default, LspMethods.Shutdown.Result);
        }
        else
        {
            request.Refuse(new ResponseErrorException(ErrorCodes.MethodNotFound, $"There is no method {envelope.Method} here."));
        }
    }

    private void TakeNotification(Envelope envelope)
    {
        logger.LogTrace("Notification {Method}", envelope.Method);
        var method = envelope.Method;
        if (Trace != TraceValue.Off && !method.StartsWith("$/", StringComparison.Ordinal))
        {
            LogTrace($"Received {method}", $"{envelope.Params.Length} bytes");
        }

        if (method == LspMethods.Exit.Name)
        {
            End("The client sent exit.");
        }
        else if (method == LspMethods.CancelRequest.Name)
        {
            Cancel(envelope.Params);
        }
        else if (IsServer && !lifecycle.TakesNotifications)
        {
            logger.LogDebug("The notification {Method} came before initialize or after shutdown and was dropped.", method);
        }
        else
        {
            Handle(method, envelope.Params);
        }
    }

    private void Handle(string method, ReadOnlySpan<byte> parameters)
    {
        try
        {
            if (method == LspMethods.WindowWorkDoneProgressCancel.Name)
            {
                CancelProgress(parameters);
            }

            if (notificationRoutes.TryGetValue(method, out var route))
            {
                route.Handle(parameters);
            }
            else if (!method.StartsWith("$/", StringComparison.Ordinal))
            {
                logger.LogInformation("The notification {Method} is not known and was ignored.", method);
            }
        }
        catch (System.Text.Json.JsonException e)
        {
            logger.LogWarning("The parameters of {Method} cannot be read and it was ignored: {Message}", method, e.Message);
        }
        catch (Exception e)
        {
            logger.LogError(e, "The handler of {Method} failed.", method);
        }
    }

    private void TakeResponse(Envelope envelope)
    {
        if (Trace != TraceValue.Off)
        {
            LogTrace($"Received the answer of {envelope.Id}", $"{envelope.Result.Length + envelope.Error.Length} bytes");
        }

        if (pending.Take(envelope.Id) is not { } request)
        {
            logger.LogInformation("The answer of id {Id} belongs to no open request: {Error}", envelope.Id, MessageJson.ErrorText(envelope.Error));
        }
        else if (MessageJson.ReadError(envelope.Error) is { } error)
        {
            request.Fail(error);
        }
        else
        {
            request.Complete(envelope.Result);
        }
    }

    private void Cancel(ReadOnlySpan<byte> parameters)
    {
        if (MessageJson.ReadId(parameters) is { } id && inbound.TryGetValue(id, out var request))
        {
            request.Cancel();
        }
    }

    private void CancelProgress(ReadOnlySpan<byte> parameters)
    {
        var token = MessageJson.Read(parameters, LspMethods.WindowWorkDoneProgressCancel.Params).Token;
        if (progresses.TryGetValue(token, out var progress))
        {
            progress.Cancel();
        }
    }

    private void Refuse(RequestId id, ErrorCodes code, string message) => Post(MessageJson.Error(id, (int)code, message));

    /// <summary>After the input's end, lets running requests end, since a script may have closed its side and still read.</summary>
    private async Task DrainAsync()
    {
        try
        {
            await Task.WhenAll(inbound.Values.Select(r => r.Answered)).WaitAsync(options.DrainTime, closing.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            logger.LogDebug("Requests were still running when the input ended.");
        }
    }

    private async Task CloseAsync(Task writing)
    {
        // First of all, so that what is cancelled now can tell the connection's end from a person's wish.
        await closing.CancelAsync().ConfigureAwait(false);
        pending.Close();
        foreach (var request in inbound.Values)
        {
            request.Cancel();
        }

        writer.Complete();
        try
        {
            await writing.WaitAsync(options.DrainTime).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            logger.LogWarning("The client does not read; what was still to be written is lost.");
        }
    }
}
