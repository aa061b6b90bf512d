using System.Net;
using Microsoft.Extensions.AI;

namespace StoryLsp.Pipelines.Providers;

/// <summary>
/// What went wrong between here and a model's server, in words for the writer. Nothing that the server, the network or a library says is told on: it may
/// quote the request, the key or the password of a proxy.
/// </summary>
internal static class ProviderFaults
{
    /// <summary>A longer answer is a server that has gone astray; in UTF-16 code units.</summary>
    public const int LongestAnswer = 200_000;

    public static ProviderException BrokenOff() =>
        new(ProviderFailure.BrokenOff, "The model's answer broke off before its end. Nothing was changed; try again.") { IsCut = true };

    public static ProviderException Unreadable() =>
        new(ProviderFailure.Unreadable, "The model's server answered with something else than a chat completion. Check `ai.endpoint` in story.yaml; for servers that speak the protocol of OpenAI it mostly ends with `/v1`.");

    public static ProviderException Endless() =>
        new(ProviderFailure.Unreadable, "The model's answer does not end. Nothing was changed; try again, or set another `ai.model` in story.yaml.");

    public static ProviderException Unreachable(HttpRequestError reason)
    {
        var why = reason switch
        {
            HttpRequestError.NameResolutionError => " Its name is not known to the network.",
            HttpRequestError.SecureConnectionError => " No secure connection could be made: its certificate is not trusted, or it speaks no TLS.",
            HttpRequestError.ProxyTunnelError => " The proxy of this machine does not let the request pass.",
            _ => "",
        };
        return new(ProviderFailure.Unreachable, $"The model's server cannot be reached.{why} Is it running, and is `ai.endpoint` in story.yaml right?");
    }

    public static ProviderException OfStatus(int status, TimeSpan? wait)
    {
        var (failure, message) = status switch
        {
            401 or 403 => (ProviderFailure.NotAuthorized, $"The model's server does not accept the key ({status}). Check the environment variable that `ai.api_key_env` in story.yaml names."),
            404 => (ProviderFailure.Refused, "The model's server knows no such address or model (404). Check `ai.endpoint` and `ai.model` in story.yaml."),
            413 => (ProviderFailure.Refused, "The request is too long for the model's server (413). Make the prompt shorter, or set another `ai.model` in story.yaml."),
            429 => (ProviderFailure.RateLimited, $"The model's server asks to wait (429). {Later(wait)}"),
            >= 300 and < 400 => (ProviderFailure.Refused,
                $"The model's server sends requests on to another address ({status}), which is not followed, as the key would go with them. Write the address that is meant into `ai.endpoint` in story.yaml."),
            >= 500 or 408 => (ProviderFailure.Refused, $"The model's server failed ({status}). {Later(wait)}"),
            _ => (ProviderFailure.Refused, $"The model's server refused the request ({status}). Check `ai.model` in story.yaml; a prompt that is too long for the model is refused as well."),
        };
        return new(failure, message) { Status = status, RetryAfter = wait };
    }

    /// <summary>An answer must say that it has come to its end.</summary>
    /// <param name="finish">What it said; null: nothing.</param>
    /// <param name="any">Whether there was anything that could be read.</param>
    public static void RequireEnd(ChatFinishReason? finish, bool any)
    {
        if (finish is null)
        {
            throw any ? BrokenOff() : Unreadable();
        }

        if (finish == ChatFinishReason.Length)
        {
            throw new ProviderException(ProviderFailure.BrokenOff,
                "The model reached its limit of words before the end of its answer. Nothing was changed; set a higher `max_tokens` in the pipeline's step, or another `ai.model` in story.yaml.");
        }

        if (finish == ChatFinishReason.ContentFilter)
        {
            throw new ProviderException(ProviderFailure.Refused, "The model or its server held the answer back by its content filter. Nothing was changed.");
        }

        if (finish != ChatFinishReason.Stop)
        {
            throw Unreadable();
        }
    }

    /// <summary>What an exception of a library means, of whatever kind it is.</summary>
    public static Exception Of(Exception exception, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            // A stopped request shows itself in many ways, as a broken connection among them.
            return new OperationCanceledException(cancellationToken);
        }

        for (var inner = exception; inner is not null; inner = inner.InnerException)
        {
            switch (inner)
            {
                case ProviderException known:
                    return known;
                case HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded }:
                    return BrokenOff();
                case HttpRequestException http:
                    return Unreachable(http.HttpRequestError);
                case IOException or OperationCanceledException or WebException:
                    return BrokenOff();
                default:
                    break;
            }
        }

        // A library reads an answer of another form by throwing what its parser throws.
        return Unreadable();
    }

    private static string Later(TimeSpan? wait) => wait switch
    {
        { TotalSeconds: >= 120 } long_ => $"Try again in {Math.Ceiling(long_.TotalMinutes):0} minutes.",
        { TotalSeconds: >= 2 } some => $"Try again in {Math.Ceiling(some.TotalSeconds):0} seconds.",
        _ => "Try again in a while.",
    };
}
