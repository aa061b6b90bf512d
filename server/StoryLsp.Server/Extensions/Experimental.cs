using System.Text.Json;
using StoryLsp.Protocol;

namespace StoryLsp.Server.Extensions;

/// <summary>What the server says under <c>capabilities.experimental</c>.</summary>
internal sealed record ExperimentalCapabilities(OfferedExtensions Storylsp)
{
    /// <summary>All that is offered; where models are switched off, what needs none.</summary>
    public static JsonElement Of(bool isAiOn) => JsonSerializer.SerializeToElement(
        new ExperimentalCapabilities(isAiOn
            ? new OfferedExtensions([.. StoryCommands.Always, .. StoryCommands.WithModels], [.. StoryRequests.Always, .. StoryRequests.WithModels])
            : new OfferedExtensions(StoryCommands.Always, StoryRequests.Always)), ExtensionJson.Default.ExperimentalCapabilities);
}

/// <summary>The names that the server takes.</summary>
internal sealed record OfferedExtensions(IReadOnlyList<string> Commands, IReadOnlyList<string> Requests);

/// <summary>What an editor says under <c>capabilities.experimental</c>.</summary>
internal sealed record ExperimentalClientCapabilities
{
    public ClientExtensions? Storylsp { get; init; }

    /// <summary>Reads it; what is no such object says nothing.</summary>
    public static ClientExtensions Of(ClientCapabilities capabilities)
    {
        try
        {
            return capabilities.Experimental is { ValueKind: JsonValueKind.Object } element
                ? element.Deserialize(ExtensionJson.Default.ExperimentalClientCapabilities)?.Storylsp ?? new()
                : new();
        }
        catch (JsonException)
        {
            // Another server's field of the same place, or another version's.
            return new();
        }
    }
}

/// <summary>What an editor can do beyond the protocol.</summary>
internal sealed record ClientExtensions
{
    public bool Chat { get; init; }

    public bool Secrets { get; init; }

    public bool Documents { get; init; }

    public bool Ticks { get; init; }

    public bool ShowPlaces { get; init; }

    public bool Refactorings { get; init; }

    public bool Views { get; init; }
}
