using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using StoryLsp.Language.Text;

namespace StoryLsp.Language.Tests.Text;

/// <summary>A text that was edited step by step is the text that was read anew.</summary>
[TestFixture]
public sealed class SourceTextPropertyTests
{
    private static readonly string[] Pieces =
        ["a", "é", "e\u0301", "😀", "👩\u200D🚀", "\n", "\r\n", "\r", "\n\r", "", "漢字", " ", "\uD83D", "\uDE00", "line\nline\r\nline\rline", "x\r", "\ny"];

    [Test]
    public void TenThousandRandomEditsGiveWhatAFreshTextGives()
    {
        var random = new System.Random(20_260_101);
        SourceText text = SourceText.From("one\r\ntwo\rthree\n😀 four\n");
        for (int i = 0; i < 10_000; i++)
        {
            text = i % 3 == 0 ? text.WithEdits(Several(random, text.Length)) : text.WithEdit(Place(random, text.Length), Piece(random));
            SourceText fresh = SourceText.From(text.Text);
            if (!text.LineStarts.SequenceEqual(fresh.LineStarts) || text.Lines.TextLength != fresh.Length)
            {
                Assert.Fail($"After edit {i} the line starts differ.");
            }

            AssertSamePositions(text, fresh, random);
            if (text.Length > 600)
            {
                text = text.WithEdit(new TextSpan(random.Next(text.Length / 2), text.Length / 2), "\r");
            }
        }
    }

    [Test]
    public void EditsApplyLikeTheStringsOwn() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(500),
        Prop.ForAll(
            ArbMap.Default.ArbFor<NonNull<string>>(), ArbMap.Default.ArbFor<NonNull<string>>(), ArbMap.Default.ArbFor<NonNegativeInt>(),
            (text, inserted, at) =>
            {
                int start = at.Get % (text.Get.Length + 1);
                int length = (text.Get.Length - start) / 2;
                string expected = text.Get.Remove(start, length).Insert(start, inserted.Get);
                return SourceText.From(text.Get).WithEdit(new TextSpan(start, length), inserted.Get).Text == expected;
            }));

    [Test]
    public void PositionsLeadBackToTheirOffset() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(500),
        Prop.ForAll(
            ArbMap.Default.ArbFor<int[]>(),
            picks =>
            {
                string value = string.Concat(picks.Select(pick => Pieces[(pick & int.MaxValue) % Pieces.Length]));
                SourceText text = SourceText.From(value);
                return Enum.GetValues<PositionEncoding>().All(encoding => Enumerable.Range(0, value.Length + 1)
                    .Where(offset => IsPlace(value, offset))
                    .All(offset => text.GetOffset(text.GetPosition(offset, encoding), encoding) == offset));
            }));

    private static bool IsPlace(string text, int offset) => offset == 0 || offset == text.Length
        || !(char.IsHighSurrogate(text[offset - 1]) && char.IsLowSurrogate(text[offset])) && !(text[offset - 1] == '\r' && text[offset] == '\n');

    private static void AssertSamePositions(SourceText text, SourceText fresh, System.Random random)
    {
        int offset = random.Next(text.Length + 1);
        var position = new LinePosition(random.Next(fresh.LineCount + 1), random.Next(12));
        foreach (PositionEncoding encoding in Enum.GetValues<PositionEncoding>())
        {
            if (text.GetPosition(offset, encoding) != fresh.GetPosition(offset, encoding)
                || text.GetPosition(offset, encoding) != Slow(fresh.Text, offset, encoding)
                || text.GetOffset(position, encoding) != fresh.GetOffset(position, encoding))
            {
                Assert.Fail($"Offset {offset} or position {position} differs in {encoding}.");
            }
        }
    }

    /// <summary>The position as a plain count over the whole text, an oracle that shares no code.</summary>
    private static LinePosition Slow(string text, int offset, PositionEncoding encoding)
    {
        int line = 0;
        int start = 0;
        for (int i = 0; i < offset; i++)
        {
            bool ends = text[i] == '\n' || (text[i] == '\r' && !(i + 1 < text.Length && text[i + 1] == '\n'));
            if (ends)
            {
                line++;
                start = i + 1;
            }
        }

        bool splits = offset > start && offset < text.Length && char.IsSurrogatePair(text[offset - 1], text[offset]);
        string before = text[start..(splits && encoding != PositionEncoding.Utf16 ? offset - 1 : offset)];
        int units = encoding switch
        {
            PositionEncoding.Utf8 => System.Text.Encoding.UTF8.GetByteCount(before),
            PositionEncoding.Utf32 => before.EnumerateRunes().Count(),
            _ => before.Length,
        };
        return new LinePosition(line, units);
    }

    private static List<TextEdit> Several(System.Random random, int length)
    {
        int[] cuts = Enumerable.Range(0, 6).Select(_ => random.Next(length + 1)).Order().ToArray();
        return
        [
            new TextEdit(TextSpan.FromBounds(cuts[0], cuts[1]), Piece(random)),
            new TextEdit(TextSpan.FromBounds(cuts[2], cuts[3]), Piece(random)),
            new TextEdit(TextSpan.FromBounds(cuts[4], cuts[5]), Piece(random)),
        ];
    }

    private static TextSpan Place(System.Random random, int length)
    {
        int start = random.Next(length + 1);
        return new TextSpan(start, Math.Min(length - start, random.Next(4)));
    }

    private static string Piece(System.Random random) => Pieces[random.Next(Pieces.Length)];
}
