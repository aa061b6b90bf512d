using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace StoryLsp.Protocol;

/// <summary>Reads one alternative of a union.</summary>
internal delegate T ReadAlternative<out T>(ref Utf8JsonReader reader);

/// <summary>One alternative of a union.</summary>
/// <param name="Forms">The forms of its values.</param>
/// <param name="Shape">What tells it from others of the same form; null where its form alone does.</param>
/// <param name="Read">Reads it.</param>
internal sealed record UnionAlternative<T>(JsonForms Forms, ObjectShape? Shape, ReadAlternative<T> Read);

/// <summary>Reads a union by the form of the JSON value, and among objects by their properties.</summary>
internal abstract class UnionConverter<T> : JsonConverter<T>
    where T : class
{
    /// <summary>The alternatives in the specification's order, which settles a draw.</summary>
    protected abstract UnionAlternative<T>[] Alternatives { get; }

    /// <inheritdoc/>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var form = reader.TokenType.Form();
        List<(int Score, UnionAlternative<T> Alternative)>? candidates = null;
        foreach (var alternative in Alternatives)
        {
            if ((alternative.Forms & form) == 0)
            {
                continue;
            }

            if (alternative.Shape is null)
            {
                return alternative.Read(ref reader);
            }

            if (alternative.Shape.Score(reader) is var score and not ObjectShape.Mismatch)
            {
                (candidates ??= []).Add((score, alternative));
            }
        }

        return candidates is not null
            ? ReadBest(ref reader, candidates)
            : throw new JsonException($"The value fits none of the alternatives of {typeof(T).Name}.");
    }

    /// <summary>Reads a value by its type's generated metadata.</summary>
    protected static TValue Read<TValue>(ref Utf8JsonReader reader, JsonTypeInfo<TValue> type) =>
        JsonSerializer.Deserialize(ref reader, type)
            ?? throw new JsonException($"A value of {typeof(TValue).Name} may not be null.");

    /// <summary>Shapes look one level deep; where the best fails further down, the next best is tried.</summary>
    private static T ReadBest(ref Utf8JsonReader reader, List<(int Score, UnionAlternative<T> Alternative)> candidates)
    {
        while (true)
        {
            var best = 0;
            for (var i = 1; i < candidates.Count; i++)
            {
                best = candidates[i].Score > candidates[best].Score ? i : best;
            }

            var attempt = reader;
            try
            {
                var value = candidates[best].Alternative.Read(ref attempt);
                reader = attempt;
                return value;
            }
            catch (JsonException) when (candidates.Count > 1)
            {
                candidates.RemoveAt(best);
            }
        }
    }
}
