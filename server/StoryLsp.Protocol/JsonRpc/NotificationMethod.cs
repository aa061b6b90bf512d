using System.Text.Json.Serialization.Metadata;

namespace StoryLsp.Protocol.JsonRpc;

/// <summary>A notification by its name and the type of its parameters.</summary>
public sealed class NotificationMethod<TParams>
{
    private readonly Func<JsonTypeInfo<TParams>> parameters;

    /// <summary>Declares a notification of one's own, such as <c>storylsp/…</c>, with one's own serializer metadata, which is asked for when the first message comes.</summary>
    public NotificationMethod(string name, Func<JsonTypeInfo<TParams>> parameters)
    {
        Name = name;
        this.parameters = parameters;
    }

    /// <summary>The name on the wire.</summary>
    public string Name { get; }

    internal JsonTypeInfo<TParams> Params => parameters();
}
