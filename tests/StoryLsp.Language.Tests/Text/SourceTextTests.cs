using System.Security.Cryptography;
using System.Text;
using NUnit.Framework;
using StoryLsp.Language.Text;

namespace StoryLsp.Language.Tests.Text;

/// <summary>Lines, positions in three encodings, decoding and edits of a text.</summary>
[TestFixture]
public sealed class SourceTextTests
{
    // e with acute is 1/2/1 units of UTF-16/8/32, the emoji 2/4/1.
    private const string Mixed = "aé😀b\r\nsecond\rthird\n";

    [Test]
    public void LinesEndWithLfCrlfAndLoneCr()
    {
        SourceText text = SourceText.From(Mixed);
        Assert.Multiple(() =>
        {
            Assert.That(text.LineCount, Is.EqualTo(4));
            Assert.That(text.LineStarts.ToArray(), Is.EqualTo(new[] { 0, 7, 14, 20 }));
            Assert.That(text.Slice(text.GetLineSpan(0)), Is.EqualTo("aé😀b"));
            Assert.That(text.Slice(text.GetLineSpan(1)), Is.EqualTo("second"));
            Assert.That(text.Slice(text.GetLineSpan(3)), Is.Empty);
        });
    }

    [TestCase(PositionEncoding.Utf16, 5)]
    [TestCase(PositionEncoding.Utf8, 8)]
    [TestCase(PositionEncoding.Utf32, 4)]
    public void TheEndOfALineHasTheUnitsOfTheEncoding(PositionEncoding encoding, int units)
    {
        SourceText text = SourceText.From(Mixed);
        Assert.Multiple(() =>
        {
            Assert.That(text.GetPosition(5, encoding), Is.EqualTo(new LinePosition(0, units)));
            Assert.That(text.GetOffset(new LinePosition(0, units), encoding), Is.EqualTo(5));
        });
    }

    [TestCase(PositionEncoding.Utf16, 3, 2)]
    [TestCase(PositionEncoding.Utf8, 2, 1)]
    [TestCase(PositionEncoding.Utf8, 4, 2)]
    [TestCase(PositionEncoding.Utf8, 6, 2)]
    public void APlaceInsideACharacterIsItsBeginning(PositionEncoding encoding, int character, int offset) =>
        Assert.That(SourceText.From(Mixed).GetOffset(new LinePosition(0, character), encoding), Is.EqualTo(offset));

    [Test]
    public void PastTheEndOfALineIsItsEndAndPastTheTextIsItsEnd([Values] PositionEncoding encoding)
    {
        SourceText text = SourceText.From(Mixed);
        Assert.Multiple(() =>
        {
            Assert.That(text.GetOffset(new LinePosition(0, 99), encoding), Is.EqualTo(5), "before the CRLF");
            Assert.That(text.GetOffset(new LinePosition(1, int.MaxValue), encoding), Is.EqualTo(13), "before the lone CR");
            Assert.That(text.GetOffset(new LinePosition(99, 0), encoding), Is.EqualTo(text.Length));
            Assert.That(text.GetOffset(new LinePosition(-1, 3), encoding), Is.Zero);
            Assert.That(text.GetOffset(new LinePosition(1, -3), encoding), Is.EqualTo(7));
            Assert.That(text.GetPosition(999, encoding), Is.EqualTo(new LinePosition(3, 0)));
            Assert.That(text.GetPosition(-1, encoding), Is.EqualTo(new LinePosition(0, 0)));
        });
    }

    [Test]
    public void AnOffsetInsideASurrogatePairCountsAsThePairsBeginning()
    {
        SourceText text = SourceText.From(Mixed);
        Assert.Multiple(() =>
        {
            Assert.That(text.GetPosition(3, PositionEncoding.Utf8), Is.EqualTo(new LinePosition(0, 3)));
            Assert.That(text.GetPosition(3, PositionEncoding.Utf32), Is.EqualTo(new LinePosition(0, 2)));
        });
    }

    [Test]
    public void ALineMapLivesWithoutItsText()
    {
        SourceText text = SourceText.From(Mixed);
        var map = new LineMap(text.Lines.Starts.ToArray(), text.Lines.TextLength);
        Assert.Multiple(() =>
        {
            for (int i = 0; i <= text.Length; i++)
            {
                Assert.That(map.GetPosition(i), Is.EqualTo(text.GetPosition(i)));
            }

            Assert.That(map.GetPosition(999), Is.EqualTo(new LinePosition(3, 0)));
        });
    }

    [TestCase("a\nb\nc\r\n", "\n")]
    [TestCase("a\r\nb\r\nc\n", "\r\n")]
    [TestCase("a\rb\rc\n", "\r")]
    [TestCase("no line end", "\n")]
    public void TheDominantLineEndIsTheMostFrequent(string text, string expected) =>
        Assert.That(SourceText.From(text).DominantLineEnding, Is.EqualTo(expected));

    [Test]
    public void TheHashIsThatOfTheWordsHoweverTheyAreEncoded()
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(Mixed);
        SourceText fromUtf8 = SourceText.Decode(utf8, out _);
        SourceText fromUtf16 = SourceText.Decode([.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(Mixed)], out _);
        Assert.Multiple(() =>
        {
            Assert.That(fromUtf8.ContentHash, Is.EqualTo(SHA256.HashData(utf8)));
            Assert.That(fromUtf16.ContentHash, Is.EqualTo(fromUtf8.ContentHash));
            Assert.That(SourceText.From(new string('é', 40_000)).ContentHash, Is.EqualTo(SHA256.HashData(Encoding.UTF8.GetBytes(new string('é', 40_000)))));
        });
    }

    [Test]
    public void DecodesUtf8AndUtf16WithTheirMarks()
    {
        (byte[] Bytes, TextEncoding Encoding)[] files =
        [
            (Encoding.UTF8.GetBytes(Mixed), TextEncoding.Utf8),
            ([.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(Mixed)], TextEncoding.Utf8WithMark),
            ([.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(Mixed)], TextEncoding.Utf16LittleEndian),
            ([.. Encoding.BigEndianUnicode.GetPreamble(), .. Encoding.BigEndianUnicode.GetBytes(Mixed)], TextEncoding.Utf16BigEndian),
        ];
        Assert.Multiple(() =>
        {
            foreach ((byte[] bytes, TextEncoding encoding) in files)
            {
                SourceText text = SourceText.Decode(bytes, out DecodeResult result);
                Assert.That(text.Text, Is.EqualTo(Mixed));
                Assert.That(result, Is.EqualTo(new DecodeResult(encoding, false, -1)));
            }
        });
    }

    [Test]
    public void BinaryAndInvalidBytesAreReported()
    {
        SourceText binary = SourceText.Decode([(byte)'a', 0, (byte)'b'], out DecodeResult binaryResult);
        SourceText invalid = SourceText.Decode([(byte)'a', 0xC3, 0xA9, 0xFF, (byte)'b'], out DecodeResult invalidResult);
        SourceText cut = SourceText.Decode([0xEF, 0xBB, 0xBF, (byte)'a', 0xC3], out DecodeResult cutResult);
        SourceText odd = SourceText.Decode([0xFF, 0xFE, (byte)'a', 0, (byte)'b'], out DecodeResult oddResult);
        SourceText lone = SourceText.Decode([0xFF, 0xFE, (byte)'a', 0, 0x00, 0xD8], out DecodeResult loneResult);
        Assert.Multiple(() =>
        {
            Assert.That(binaryResult.IsBinary);
            Assert.That(binary.Length, Is.Zero);
            Assert.That(invalidResult.InvalidByteOffset, Is.EqualTo(3));
            Assert.That(invalid.Text, Is.EqualTo("aé\uFFFDb"));
            Assert.That(cutResult.InvalidByteOffset, Is.EqualTo(4));
            Assert.That(cut.Text, Is.EqualTo("a\uFFFD"));
            Assert.That(oddResult.InvalidByteOffset, Is.EqualTo(4));
            Assert.That(odd.Text, Is.EqualTo("a\uFFFD"));
            Assert.That(loneResult.InvalidByteOffset, Is.EqualTo(4));
            Assert.That(lone.Text, Is.EqualTo("a\uFFFD"));
        });
    }

    [Test]
    public void SeveralEditsCountInTheOriginalText()
    {
        SourceText text = SourceText.From("one two three");
        SourceText edited = text.WithEdits(
        [
            new TextEdit(new TextSpan(8, 5), "3"),
            new TextEdit(new TextSpan(0, 3), "1"),
            new TextEdit(new TextSpan(4, 0), "(\r\n"),
            new TextEdit(new TextSpan(4, 0), "\n)"),
        ]);
        Assert.Multiple(() =>
        {
            Assert.That(edited.Text, Is.EqualTo("1 (\r\n\n)two 3"));
            Assert.That(edited.LineStarts.ToArray(), Is.EqualTo(new[] { 0, 5, 6 }));
            Assert.That(text.Text, Is.EqualTo("one two three"), "a text never changes");
        });
    }

    [Test]
    public void EditsThatPartAndJoinCrAndLfMoveLineStarts()
    {
        Assert.Multiple(() =>
        {
            Assert.That(SourceText.From("a\r\nb").WithEdit(new TextSpan(2, 0), "x").LineStarts.ToArray(), Is.EqualTo(new[] { 0, 2, 4 }));
            Assert.That(SourceText.From("a\rx\nb").WithEdit(new TextSpan(2, 1), "").LineStarts.ToArray(), Is.EqualTo(new[] { 0, 3 }));
            Assert.That(SourceText.From("a\rb").WithEdit(new TextSpan(2, 0), "\n").LineStarts.ToArray(), Is.EqualTo(new[] { 0, 3 }));
            Assert.That(SourceText.From("a\nb").WithEdit(new TextSpan(1, 0), "\r").LineStarts.ToArray(), Is.EqualTo(new[] { 0, 3 }));
        });
    }
}
