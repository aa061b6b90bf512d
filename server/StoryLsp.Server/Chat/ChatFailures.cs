using System.Text.Json;
using StoryLsp.Pipelines.Providers;
using StoryLsp.Protocol;
using StoryLsp.Protocol.JsonRpc;

namespace StoryLsp.Server.Chat;

/// <summary>Why the editor's model did not answer, as the editor's error says it.</summary>
internal static class ChatFailures
{
    private const int LongestSentence = 300;

    public static ProviderException Of(ResponseErrorException error)
    {
        var failure = error.Code switch
        {
            (int)ErrorCodes.MethodNotFound => ProviderFailure.NotConfigured,
            (int)LSPErrorCodes.RequestCancelled or (int)LSPErrorCodes.ServerCancelled => ProviderFailure.Refused,
            _ => Named(error.ErrorData),
        };
        return new ProviderException(failure, Sentence(error, failure));
    }

    private static ProviderFailure Named(JsonElement? data)
    {
        var name = data is { ValueKind: JsonValueKind.Object } element && element.TryGetProperty("failure", out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
        return name switch
        {
            "notConfigured" => ProviderFailure.NotConfigured,
            "notAuthorized" => ProviderFailure.NotAuthorized,
            "rateLimited" => ProviderFailure.RateLimited,
            "unreachable" => ProviderFailure.Unreachable,
            _ => ProviderFailure.Refused,
        };
    }

    private static string Sentence(ResponseErrorException error, ProviderFailure failure)
    {
        if (error.Code == (int)ErrorCodes.MethodNotFound)
        {
            return "This editor does not answer for models of its own, which `ai.provider: editor` asks for. Update its StoryLsp extension, or set another `ai.provider` in story.yaml.";
        }

        if (error.Code is (int)LSPErrorCodes.RequestCancelled or (int)LSPErrorCodes.ServerCancelled)
        {
            return "The question to the editor's model was cancelled in the editor.";
        }

        // The editor's own sentence is for the person; a long one may quote what was asked, which belongs into no log.
        var own = error.Message.ReplaceLineEndings(" ").Trim();
        return own.Length is > 0 and <= LongestSentence ? own : failure switch
        {
            ProviderFailure.RateLimited => "The editor's model asks to wait. Try again later.",
            ProviderFailure.NotAuthorized => "The editor does not allow StoryLsp to use its models.",
            _ => "The editor's model refused the request.",
        };
    }
}
