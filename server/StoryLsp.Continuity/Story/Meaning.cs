using System.Buffers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using StoryLsp.Index;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Continuity.Story;

/// <summary>
/// What the attributes of a container say, wherever they stand: type, names, values, and what its references mean. Prose and places are
/// no part of it, so typing in a scene leaves the meaning of every container equal.
/// </summary>
internal readonly record struct Meaning(UInt128 Hash)
{
    // Deeper than this nobody writes by hand.
    private const int DeepestNesting = 64;

    [ThreadStatic]
    private static ArrayBufferWriter<char>? _writer;

    /// <summary>The meaning of a container.</summary>
    public static Meaning Of(Container container, string id, IReadOnlyList<StoryReference> references)
    {
        var writer = _writer ??= new ArrayBufferWriter<char>(4096);
        writer.ResetWrittenCount();
        Write(writer, container.Type);
        Write(writer, id);
        Write(writer, container.Name);
        foreach (var alias in container.Fact.Aliases)
        {
            Write(writer, alias.Text);
        }

        foreach (var field in container.Fact.Fields)
        {
            Write(writer, "\u0002");
            Write(writer, field.Name);
            Write(writer, field.Value, 0);
        }

        foreach (var reference in references)
        {
            Write(writer, "\u0003");
            Write(writer, reference.Target is { } target ? target.Path + "#" + target.Index.ToString(System.Globalization.CultureInfo.InvariantCulture) : "?");
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(MemoryMarshal.AsBytes(writer.WrittenSpan), hash);
        return new(MemoryMarshal.Read<UInt128>(hash));
    }

    private static void Write(ArrayBufferWriter<char> writer, YamlNode? node, int depth)
    {
        switch (node.Resolve())
        {
            case YamlScalar { IsNull: false } scalar:
                Write(writer, scalar.Value);
                break;
            case YamlSequence list when depth < DeepestNesting:
                Write(writer, "[");
                foreach (var item in list.Items)
                {
                    Write(writer, item, depth + 1);
                }

                Write(writer, "]");
                break;
            case YamlMapping mapping when depth < DeepestNesting:
                Write(writer, "{");
                foreach (var entry in mapping.Entries)
                {
                    Write(writer, entry.Key, depth + 1);
                    Write(writer, entry.Value, depth + 1);
                }

                Write(writer, "}");
                break;
        }
    }

    private static void Write(ArrayBufferWriter<char> writer, string text)
    {
        writer.Write(text);
        writer.Write("\u0001");
    }
}
