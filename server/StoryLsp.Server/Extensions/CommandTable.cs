using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using StoryLsp.Protocol;
using StoryLsp.Protocol.JsonRpc;

namespace StoryLsp.Server.Extensions;

/// <summary>The commands by their names: each reads its one argument and gives its answer.</summary>
internal sealed class CommandTable
{
    private readonly Dictionary<string, Func<IReadOnlyList<JsonElement>?, RequestContext, Task<JsonElement?>>> _commands = new(StringComparer.Ordinal);

    /// <summary>Adds a command.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="argument">How its argument is read.</param>
    /// <param name="answer">How its answer is written.</param>
    /// <param name="shape">What the argument must be, as <c>{"run": …}</c>.</param>
    /// <param name="isWhole">Whether an argument has all that the command needs.</param>
    /// <param name="run">Does it.</param>
    public void Add<TArgument, TAnswer>(
        string name,
        JsonTypeInfo<TArgument> argument,
        JsonTypeInfo<TAnswer> answer,
        string shape,
        Func<TArgument, bool> isWhole,
        Func<TArgument, RequestContext, Task<TAnswer>> run) =>
        _commands[name] = async (arguments, context) =>
        {
            var read = Read(name, arguments, argument, shape, isWhole);
            return JsonSerializer.SerializeToElement(await run(read, context).ConfigureAwait(false), answer);
        };

    /// <summary>Runs a command.</summary>
    /// <exception cref="ResponseErrorException">There is none of that name, or its argument is not what it takes.</exception>
    public Task<JsonElement?> RunAsync(ExecuteCommandParams parameters, RequestContext context) =>
        _commands.TryGetValue(parameters.Command, out var command)
            ? command(parameters.Arguments, context)
            : throw new ResponseErrorException(ErrorCodes.InvalidParams, $"There is no command `{parameters.Command}`.");

    private static TArgument Read<TArgument>(string name, IReadOnlyList<JsonElement>? arguments, JsonTypeInfo<TArgument> type, string shape, Func<TArgument, bool> isWhole)
    {
        try
        {
            if (arguments is [var first, ..] && first.ValueKind == JsonValueKind.Object && first.Deserialize(type) is { } argument && isWhole(argument))
            {
                return argument;
            }
        }
        catch (JsonException)
        {
            // Told below, in words for the client's author.
        }

        throw new ResponseErrorException(ErrorCodes.InvalidParams, $"The command `{name}` takes one argument: {shape}.");
    }
}
