using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using StoryLsp.Continuity.Secrets;
using StoryLsp.Pipelines.Providers;

namespace StoryLsp.Pipelines.Secrets;

/// <summary>
/// The last look at what is sent: no text that says a secret gets past it, to any provider. It stands outermost, so it sees the prompt as the person left it.
/// </summary>
/// <param name="inner">The provider, and whatever stands before it.</param>
/// <param name="secrets">What must not be said, at the place of the run.</param>
public sealed class FirewallChatClient(IChatClient inner, StorySecrets secrets) : DelegatingChatClient(inner)
{
    /// <inheritdoc/>
    /// <exception cref="ProviderException">The prompt says a secret; nothing was sent.</exception>
    public override Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var (checkedMessages, checkedOptions) = Check(messages, options);
        return base.GetResponseAsync(checkedMessages, checkedOptions, cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="ProviderException">The prompt says a secret; nothing was sent.</exception>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var (checkedMessages, checkedOptions) = Check(messages, options);
        await foreach (var update in base.GetStreamingResponseAsync(checkedMessages, checkedOptions, cancellationToken).ConfigureAwait(false))
        {
            yield return update;
        }
    }

    /// <summary>Refuses texts that say a secret, before they are written down anywhere.</summary>
    /// <param name="secrets">What must not be said.</param>
    /// <param name="texts">What a person wrote; null is nothing.</param>
    /// <exception cref="ProviderException">One of them says a secret.</exception>
    public static void Require(StorySecrets secrets, params IEnumerable<string?> texts)
    {
        foreach (var text in texts)
        {
            if (text is not null && FirstIn(secrets, text) is { } said)
            {
                throw new ProviderException(ProviderFailure.SecretInPrompt, $"What you wrote gives away {said.Kind}, which no model may read here, so nothing was sent. Say it otherwise, and try again.");
            }
        }
    }

    private static ProviderException Refused(SaidSecret said) => new(ProviderFailure.SecretInPrompt,
        $"The prompt gives away {said.Kind}, so it was not sent. Take it out of the prompt (the editor marks it as `secret/in-prompt`), and resume.");

    // What the product itself says in every prompt is no secret.
    private static SaidSecret? FirstIn(StorySecrets secrets, string text)
    {
        var said = secrets.In(text);
        if (said.Count == 0)
        {
            return null;
        }

        var own = ShippedWords.In(text);
        return said.FirstOrDefault(one => !own.Exists(span => span.Contains(one.Span)));
    }

    // A sequence may be another one when it is read again: what was checked is what is sent.
    private (IReadOnlyList<ChatMessage> Messages, ChatOptions? Options) Check(IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        var list = messages.ToList();
        foreach (var text in SentText.Of(list, options))
        {
            if (FirstIn(secrets, text) is { } said)
            {
                throw Refused(said);
            }
        }

        if (options?.RawRepresentationFactory is null)
        {
            return (list, options);
        }

        // What a provider's own object says cannot be checked.
        var plain = options.Clone();
        plain.RawRepresentationFactory = null;
        return (list, plain);
    }
}
