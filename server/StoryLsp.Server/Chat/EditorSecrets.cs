using StoryLsp.Language.Settings;
using StoryLsp.Protocol.JsonRpc;
using StoryLsp.Server.Extensions;

namespace StoryLsp.Server.Chat;

/// <summary>
/// Keys of providers: from the environment, else from the editor's secret storage, which is asked when a request needs the key. Nothing is kept:
/// the next request that needs the key asks again.
/// </summary>
internal sealed class EditorSecrets(LanguageConnection connection, Func<bool> hasSecrets, Func<string, string?> environment) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private volatile Lent? _lent;

    /// <summary>The value of a name: of the environment, or the one that is lent just now.</summary>
    public string? Find(string name) => environment(name) is { Length: > 0 } value ? value : _lent is { } lent && lent.Name == name ? lent.Value : null;

    /// <summary>Whether the editor has to be asked before the name is known.</summary>
    public bool IsMissing(string name) => hasSecrets() && VariableName.IsOne(name) && environment(name) is not { Length: > 0 };

    /// <summary>Makes something that needs a key, with what the editor has under its name; where it has nothing, without.</summary>
    public async Task<T> LendAsync<T>(string name, Func<T> make, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            _lent = new Lent(name, await AskAsync(name, cancellationToken).ConfigureAwait(false));
            return make();
        }
        finally
        {
            _lent = null;
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private async Task<string?> AskAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await connection.SendRequestAsync(ExtensionMethods.Secret, new SecretParams(name), cancellationToken).ConfigureAwait(false);
            return answer.Value?.Trim() is { Length: > 0 } value ? value : null;
        }
        catch (Exception exception) when (exception is ResponseErrorException or ConnectionClosedException)
        {
            return null;
        }
    }

    private sealed class Lent(string name, string? value)
    {
        public string Name { get; } = name;

        public string? Value { get; } = value;
    }
}
