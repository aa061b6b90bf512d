using StoryLsp.Protocol.JsonRpc;
using StoryLsp.Server.Extensions;

namespace StoryLsp.Server.Chat;

/// <summary>
/// Keys of providers: from the environment, else from the editor's secret storage, which is asked when a request needs the key. Nothing is kept
/// beyond the object, which lives as long as one run.
/// </summary>
internal sealed class EditorSecrets(LanguageConnection connection, bool hasSecrets, Func<string, string?> environment)
{
    private readonly Dictionary<string, string?> _fetched = new(StringComparer.Ordinal);

    /// <summary>The value of a name, as far as it is known without asking.</summary>
    public string? Find(string name)
    {
        if (environment(name) is { Length: > 0 } value)
        {
            return value;
        }

        lock (_fetched)
        {
            return _fetched.GetValueOrDefault(name);
        }
    }

    /// <summary>Whether the editor has to be asked before the name is known.</summary>
    public bool IsMissing(string name)
    {
        if (!hasSecrets || environment(name) is { Length: > 0 })
        {
            return false;
        }

        lock (_fetched)
        {
            return !_fetched.ContainsKey(name);
        }
    }

    /// <summary>Asks the editor; one that has none, or refuses, leaves the name unknown.</summary>
    public async Task FetchAsync(string name, CancellationToken cancellationToken)
    {
        string? value;
        try
        {
            value = (await connection.SendRequestAsync(ExtensionMethods.Secret, new SecretParams(name), cancellationToken).ConfigureAwait(false)).Value?.Trim();
        }
        catch (Exception exception) when (exception is ResponseErrorException or ConnectionClosedException)
        {
            value = null;
        }

        lock (_fetched)
        {
            _fetched[name] = string.IsNullOrEmpty(value) ? null : value;
        }
    }
}
