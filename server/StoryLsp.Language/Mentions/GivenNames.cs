using System.Collections.Frozen;

namespace StoryLsp.Language.Mentions;

/// <summary>
/// Given names that are nearly always a woman's or a man's, to tell Mrs. Vane from Mr. Vane where nothing else says it. A name that is
/// missing here costs nothing: then either title may stand before the family name.
/// </summary>
internal static class GivenNames
{
    private const string OfWomen = """
        abigail ada adelaide adele agatha agnes alexandra alice alison amanda amelia amy andrea angela anita ann anna anne annabel annie antonia
        audrey barbara beatrice becky bella bertha beth betty brenda bridget caroline catherine cecilia charlotte chloe christina christine clara
        claudia constance cynthia daphne deborah denise diana dolores dora doris dorothy edith eleanor elena eliza elizabeth ella ellen elsie emily
        emma esther ethel eva eve fiona flora florence frances georgina geraldine gertrude gladys gloria greta gwendolen hannah harriet
        helen helena henrietta hilda ida imogen ingrid irene irina isabel isabella jane janet jennifer jenny jessica jill joan joanna
        josephine joyce judith julia juliet karen kate katerina katherine kathleen katie kitty laura lena leonora lillian linda lisa lizzie lois
        louisa louise lucy lydia mabel madeleine margaret maria marian marianne marie marina marjorie martha mary matilda maud mildred
        millicent miriam molly monica muriel nadia nancy naomi natalia natasha nell nina nora olga olivia pamela patricia paula pauline penelope
        philippa phoebe phyllis polly priscilla rachel rebecca rosalind rosamund rosemary ruth sally samantha sandra sarah sharon sheila sibyl
        sofia sonia sophia sophie stella susan susannah sylvia tamara tatiana teresa theresa ursula valerie vanessa vera veronica victoria viola
        virginia wendy wilhelmina winifred yvonne zoe
        """;

    private const string OfMen = """
        aaron adam adrian alan albert alexander alfred andrew anthony archibald archie arnold arthur augustus barnabas bartholomew benedict
        benjamin bernard bertram boris brian bruce carl cecil charles christopher clarence clement clive colin connor cornelius cuthbert cyril
        daniel david dennis derek desmond dmitri donald douglas duncan edgar edmund edward edwin eric ernest eugene felix ferdinand
        francis franklin frederick gabriel gareth geoffrey george gerald gilbert godfrey gordon graham gregory hamish harold harry harvey hector
        henry herbert horace howard hubert hugh hugo humphrey ian isaac ivan jacob james jasper jason jeffrey jeremy jerome joel john
        jonathan joseph joshua josiah julian keith kenneth laurence lawrence leo leon leonard leopold lewis lionel louis luke malcolm marcus
        martin matthew maurice max michael miles mortimer nathaniel neil nicholas nigel noel norman oliver oscar oswald owen patrick paul percival
        percy peter philip pierre quentin ralph raymond reginald richard robert roderick roger roland ronald rupert samuel sebastian sergei
        sidney simon stanley stephen steven theodore thomas timothy toby tobias tom victor vincent vladimir walter wilfred william
        """;

    private static readonly FrozenDictionary<string, Gender> All = Read();

    /// <summary>Whose name it is, as far as that is known.</summary>
    /// <param name="name">A given name.</param>
    public static Gender GenderOf(string name) => All.GetValueOrDefault(Word.Fold(name));

    private static FrozenDictionary<string, Gender> Read()
    {
        var result = new Dictionary<string, Gender>(StringComparer.Ordinal);
        foreach (var name in OfWomen.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            result[name] = Gender.Female;
        }

        foreach (var name in OfMen.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            result[name] = Gender.Male;
        }

        return result.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
