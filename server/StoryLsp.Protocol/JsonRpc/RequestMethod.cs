using System.Text.Json.Serialization.Metadata;

namespace StoryLsp.Protocol.JsonRpc;

/// <summary>A request by its name and the types of its parameters and its result.</summary>
public sealed class RequestMethod<TParams, TResult>
{
    private readonly Func<JsonTypeInfo<TParams>> parameters;
    private readonly Func<JsonTypeInfo<TResult>> result;

    /// <summary>
    /// Declares a request of one's own, such as <c>storylsp/…</c>, with one's own serializer metadata. It is asked for when the first message comes: the metadata of all
    /// messages together would cost a tenth of a second at the start.
    /// </summary>
    public RequestMethod(string name, Func<JsonTypeInfo<TParams>> parameters, Func<JsonTypeInfo<TResult>> result)
        : this(name, parameters, result, true)
    {
    }

    internal RequestMethod(string name, Func<JsonTypeInfo<TParams>> parameters, Func<JsonTypeInfo<TResult>> result, bool resultMayBeNull)
    {
        Name = name;
        this.parameters = parameters;
        this.result = result;
        ResultMayBeNull = resultMayBeNull;
    }

    /// <summary>The name on the wire.</summary>
    public string Name { get; }

    /// <summary>Whether the other side may answer with null.</summary>
    internal bool ResultMayBeNull { get; }

    internal JsonTypeInfo<TParams> Params => parameters();

    internal JsonTypeInfo<TResult> Result => result();
}
