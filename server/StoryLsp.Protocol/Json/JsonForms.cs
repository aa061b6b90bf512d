using System.Text.Json;

namespace StoryLsp.Protocol;

/// <summary>The forms that a JSON value takes.</summary>
[Flags]
internal enum JsonForms
{
    String = 1,
    Number = 2,
    Boolean = 4,
    Object = 8,
    Array = 16,
    Null = 32,
}

internal static class JsonTokenForms
{
    /// <summary>The form of the value that starts with this token.</summary>
    public static JsonForms Form(this JsonTokenType token) => token switch
    {
        JsonTokenType.String => JsonForms.String,
        JsonTokenType.Number => JsonForms.Number,
        JsonTokenType.True or JsonTokenType.False => JsonForms.Boolean,
        JsonTokenType.StartObject => JsonForms.Object,
        JsonTokenType.StartArray => JsonForms.Array,
        _ => JsonForms.Null,
    };
}
