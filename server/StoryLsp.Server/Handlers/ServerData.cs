using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace StoryLsp.Server.Handlers;

/// <summary>Reads what an item carried to the editor and back.</summary>
internal static class ServerData
{
    /// <summary>The data of an item; null where it is another's, or was changed.</summary>
    public static T? Read<T>(JsonElement? data, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return data is { ValueKind: JsonValueKind.Object } element ? element.Deserialize(type) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
