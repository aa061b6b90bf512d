using System.Text.Json;

namespace StoryLsp.Protocol;

/// <summary>One property of an <see cref="ObjectShape"/>.</summary>
/// <param name="Name">The name in JSON.</param>
/// <param name="Forms">The forms that its value may take.</param>
/// <param name="Required">Whether an object of the shape has it always.</param>
/// <param name="Literal">The only value that it may have, for a string literal.</param>
internal readonly record struct ShapeProperty(string Name, JsonForms Forms, bool Required, string? Literal = null);

/// <summary>The properties by which one object type is told from another.</summary>
internal sealed class ObjectShape(ShapeProperty[] properties)
{
    /// <summary>The score of an object that cannot be of this shape.</summary>
    public const int Mismatch = -1;

    private readonly int required = properties.Count(p => p.Required);

    /// <summary>
    /// How well the value at the reader, an object or an array of objects, fits this shape: the number of properties
    /// that the shape knows, or <see cref="Mismatch"/>. The reader is a copy, so the caller's stays where it is.
    /// </summary>
    public int Score(Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            return ScoreObject(ref reader);
        }

        var sum = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var score = reader.TokenType == JsonTokenType.StartObject ? ScoreObject(ref reader) : Mismatch;
            if (score == Mismatch)
            {
                return Mismatch;
            }

            sum += score;
        }

        return sum;
    }

    private int ScoreObject(ref Utf8JsonReader reader)
    {
        var known = 0;
        var requiredSeen = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var index = IndexOf(ref reader);
            reader.Read();
            if (index >= 0)
            {
                ref readonly var property = ref properties[index];
                if ((property.Forms & reader.TokenType.Form()) == 0
                    || (property.Literal is { } literal && reader.TokenType == JsonTokenType.String && !reader.ValueTextEquals(literal)))
                {
                    return Mismatch;
                }

                known++;
                requiredSeen += property.Required ? 1 : 0;
            }

            reader.TrySkip();
        }

        return requiredSeen >= required ? known : Mismatch;
    }

    private int IndexOf(ref Utf8JsonReader reader)
    {
        for (var i = 0; i < properties.Length; i++)
        {
            if (reader.ValueTextEquals(properties[i].Name))
            {
                return i;
            }
        }

        return -1;
    }
}
