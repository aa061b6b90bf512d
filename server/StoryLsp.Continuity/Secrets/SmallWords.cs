using StoryLsp.Continuity.Prose;

namespace StoryLsp.Continuity.Secrets;

/// <summary>The words of a language that say nothing by themselves; four of them in a row tell no secret.</summary>
internal static class SmallWords
{
    private static readonly WordSet English = new(
        "a about above across after again against all almost alone along already also although always am among an and another any anybody anyone anything are arent around as at away " +
        "back be because been before behind being below beside between beyond both but by came can cannot cant come could couldnt did didnt do does doesnt doing done dont down during each either else enough " +
        "even ever every everybody everyone everything few for from get gets getting go goes going gone got had hadnt has hasnt have havent having he her here hers herself him himself his how however i if in " +
        "instead into is isnt it its itself just let like may maybe me might mine more most much must my myself near neither never no nobody none nor not nothing now of off often on once one only onto or " +
        "other others our ours out over own perhaps put quite rather really said same say says seem seemed seems shall she should shouldnt since so some somebody someone something soon still such take than " +
        "that thats the their theirs them themselves then there theres therefore these they theyre this those though through thus till to too took toward towards under unknown until up upon us very was wasnt we " +
        "well went were werent what whatever when where whether which while who whole whom whose why will with within without wont would wouldnt yes yet you your yours yourself d ll m re s t ve");

    private static readonly Dictionary<string, WordSet> ByLanguage = new(StringComparer.OrdinalIgnoreCase)
    {
        ["en"] = English,
        ["de"] = new(
            "aber alle als also am an auch auf aus bei bin bis bist da dann das dass dem den denn der des die dies diese diesem diesen dieser doch dort du durch ein eine einem einen einer eines er es etwas euch fur gegen " +
            "hat hatte hatten habe haben hier hin ich ihm ihn ihnen ihr ihre ihren ihrer im in ins ist ja jede jeder jetzt kann kein keine konnte man mehr mein mich mir mit mussen nach nicht nichts noch nun nur ob oder " +
            "ohne schon sehr sein seine seinem seinen seiner selbst sich sie sind so soll sollte uber um und uns unter vom von vor war waren warum was weg weil wenn wer werden wie wieder will wir wird wo wurde zu zum zur zwischen"),
        ["fr"] = new(
            "a ai ainsi alors au aussi autre aux avait avant avec avoir c ce ceci cela celle celui ces cet cette chez comme d dans de depuis des deux dont du elle elles en encore entre est et etait ete etre eu eux fait faire " +
            "ici il ils j je jusque l la le les leur leurs lui m ma mais me meme mes moi moins mon n ne ni nos notre nous on ont ou par pas pendant peu plus pour pourquoi quand que quel quelle qui quoi qu rien s sa sans se ses " +
            "si son sont sous sur t ta te tes toi ton tous tout toute tres trop tu un une va vers voici voila vos votre vous y"),
        ["es"] = new(
            "a al algo alguien ante antes aquel aquella aqui asi aun aunque bajo bien cada casi como con contra cual cuando de del desde donde dos durante e el ella ellas ellos en entre era eran es esa ese eso esta estaba estado " +
            "estan estar este esto fue fueron ha habia habian hace hacia han hasta hay la las le les lo los mas me mi mientras mis mismo muy nada ni no nos nosotros o os otra otro para pero poco por porque pues que quien se sea " +
            "ser si sido sin sino sobre son su sus tal tambien tan tanto te tenia ti tiene todo todos tu tus un una uno unos y ya yo"),
        ["ru"] = new(
            "а без более больше будет бы был была были было быть в вам вас весь во вот все всего всех вы где да даже для до его ее если есть еще же за здесь и из или им их к как ко когда которая который которые кто ли либо " +
            "между меня мне может мой мы на над надо нам нас не него нее нет ни них но ну о об он она они оно от перед по под после потом потому при про раз с сам себе себя со так также такой там тебя тем то тогда того тоже " +
            "только том тот ту ты у уже чего чем что чтобы эта эти это этого этой этом этот я"),
    };

    /// <summary>The small words of a language; those of English where the language has none here.</summary>
    /// <param name="language">As <c>en</c> or <c>en-GB</c>; null: English.</param>
    public static WordSet Of(string? language) =>
        language is { Length: >= 2 } && ByLanguage.TryGetValue(language.Split('-', '_')[0], out var known) ? known : English;
}
