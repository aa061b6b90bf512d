using System.Text.Json;
using Microsoft.Extensions.Logging;
using StoryLsp.Protocol;
using StoryLsp.Protocol.JsonRpc;

namespace StoryLsp.Server.Session;

/// <summary>
/// Offers the commands that ask a model to an editor that takes registrations, as long as a story is open that lets models be asked, and takes
/// them back when there is none.
/// </summary>
internal sealed class CommandOffer(EditorSession session, IReadOnlyList<string> commands)
{
    private const string Id = "storylsp-commands";
    private const string Method = "workspace/executeCommand";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private OneAtATime? _looks;
    private bool _isOffered;

    /// <summary>Looks at the settings, which may have changed; one look after another.</summary>
    public void Look() => LazyInitializer.EnsureInitialized(ref _looks, () => new OneAtATime(LookAsync)).Begin();

    private async Task LookAsync()
    {
        var isOn = session.Stories.Any(story => story.Workspace.Current.Settings.Ai.Enabled);
        if (isOn == _isOffered)
        {
            return;
        }

        try
        {
            await (isOn ? OfferAsync() : TakeBackAsync()).ConfigureAwait(false);
            _isOffered = isOn;
        }
        catch (Exception exception) when (exception is ResponseErrorException or ConnectionClosedException or OperationCanceledException or TimeoutException)
        {
            session.Log.LogWarning("The editor does not take the change of commands: {Message}", exception.Message);
        }
    }

    private Task OfferAsync() => session.Connection.SendRequestAsync(
        LspMethods.ClientRegisterCapability,
        new RegistrationParams([new Registration
        {
            Id = Id,
            Method = Method,
            RegisterOptions = JsonSerializer.SerializeToElement(new ExecuteCommandRegistrationOptions { Commands = commands }, LspJsonContext.Default.ExecuteCommandRegistrationOptions),
        }]),
        session.Connection.Closing,
        Patience);

    private Task TakeBackAsync() => session.Connection.SendRequestAsync(
        LspMethods.ClientUnregisterCapability, new UnregistrationParams([new Unregistration(Id, Method)]), session.Connection.Closing, Patience);
}
