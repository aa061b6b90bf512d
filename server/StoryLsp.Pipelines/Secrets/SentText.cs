using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace StoryLsp.Pipelines.Secrets;

/// <summary>All text that a request to a model holds, in whatever place.</summary>
internal static class SentText
{
    /// <summary>The texts: the whole conversation as it is read, then piece by piece, then what the options say.</summary>
    public static IEnumerable<string> Of(IReadOnlyList<ChatMessage> messages, ChatOptions? options)
    {
        // Whoever joins the pieces of a message sets no space between them; whoever shows them sets them apart.
        yield return string.Join('\n', messages.Select(message => message.Text));
        yield return string.Join('\n', messages.SelectMany(Pieces));
        if (options is not null)
        {
            yield return string.Join('\n', Pieces(options));
        }
    }

    private static IEnumerable<string> Pieces(ChatMessage message) =>
        [message.AuthorName ?? "", message.MessageId ?? "", .. message.Contents.SelectMany(Pieces), .. Values(message.AdditionalProperties)];

    private static IEnumerable<string> Pieces(AIContent content) =>
    [
        .. content switch
        {
            TextContent text => [text.Text],
            TextReasoningContent reasoning => [reasoning.Text],
            FunctionCallContent call => [call.Name, .. (call.Arguments ?? new Dictionary<string, object?>()).SelectMany(argument => Value(argument.Key).Concat(Value(argument.Value)))],
            FunctionResultContent result => Value(result.Result),
            ErrorContent error => [error.Message, error.Details ?? ""],
            UriContent uri => [Uri.UnescapeDataString(uri.Uri.ToString())],
            DataContent data => [data.Name ?? "", Encoding.UTF8.GetString(data.Data.Span)],
            _ => (IEnumerable<string>)[content.ToString() ?? ""],
        },
        .. Values(content.AdditionalProperties),
    ];

    private static IEnumerable<string> Pieces(ChatOptions options)
    {
        yield return options.Instructions ?? "";
        yield return options.ModelId ?? "";
        yield return options.ConversationId ?? "";
        foreach (var stop in options.StopSequences ?? [])
        {
            yield return stop;
        }

        if (options.ResponseFormat is ChatResponseFormatJson format)
        {
            yield return $"{format.SchemaName}\n{format.SchemaDescription}\n{(format.Schema is { } schema ? Words(schema) : "")}";
        }

        foreach (var tool in options.Tools ?? [])
        {
            yield return $"{tool.Name}\n{tool.Description}\n{(tool is AIFunctionDeclaration function ? Words(function.JsonSchema) : "")}";
        }

        foreach (var text in Values(options.AdditionalProperties))
        {
            yield return text;
        }
    }

    private static IEnumerable<string> Values(AdditionalPropertiesDictionary? properties) =>
        (properties ?? []).SelectMany(property => Value(property.Key).Concat(Value(property.Value)));

    // Objects of the product itself are for the provider `offline`, which sends nothing.
    private static IEnumerable<string> Value(object? value) => value switch
    {
        string text => [text],
        JsonElement json => [Words(json)],
        JsonNode node => [Words(JsonElement.Parse(node.ToJsonString()))],
        IEnumerable<string> texts => texts,
        IFormattable number => [number.ToString(null, System.Globalization.CultureInfo.InvariantCulture)],
        _ => [],
    };

    /// <summary>The keys and values of JSON, without its escapes.</summary>
    private static string Words(JsonElement json)
    {
        var result = new StringBuilder();
        Add(json);
        return result.ToString();

        void Add(JsonElement element)
        {
            switch (element.ValueKind)
            {
                case JsonValueKind.Object:
                    foreach (var property in element.EnumerateObject())
                    {
                        result.Append(property.Name).Append('\n');
                        Add(property.Value);
                    }

                    break;
                case JsonValueKind.Array:
                    foreach (var item in element.EnumerateArray())
                    {
                        Add(item);
                    }

                    break;
                case JsonValueKind.Undefined:
                    break;
                default:
                    result.Append(element.ToString()).Append('\n');
                    break;
            }
        }
    }
}
