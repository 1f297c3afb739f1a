// The grammar of a .pol file, over the tokens of PolLexer.g4. One token decides every choice: whatever would need more is
// settled on the tokens beforehand (compiler/syntax/classify.cpp and settle.cpp), so the generated parser never predicts.
// That keeps it fast from the first line on, and its idea of what is expected exact. A test checks it. What the grammar
// lets through for the sake of a better message is checked when the tree is built (compiler/syntax/build_*.cpp).
parser grammar PolParser;

options { tokenVocab = PolLexer; }

// A slice is what stands between two places where a declaration surely begins; a file is parsed slice by slice.
slice : declarations+=declaration* EOF ;

declaration
  : header
  | use
  | parameter
  | enumeration
  | scale
  | record
  | let
  | function
  | article
  | decision
  | grant
  | score
  | quota
  | lifecycle
  | region
  | calendar
  | example
  | change
  ;

// ---- Names ----------------------------------------------------------------------------------------------------

name      : WORD ;
path      : parts+=name (DOT parts+=name)* ;
naming    : name label=STRING? aliases* ;
aliases   : ALSO text=STRING ;
separator : COMMA | SEMICOLON | LAST_SEPARATOR ;

// ---- Declarations ---------------------------------------------------------------------------------------------

header : POLICY declared=path (EXTENDS base=path)? fields+=headerField* ;
headerField
  : kind=(TITLE | DOCUMENT | AUTHORITY | VERSION) text=STRING
  | kind=(ISSUED | EFFECTIVE | REFERENCE) value=expression
  | kind=PERIODS BY name
  ;

use : USE paths+=path (COMMA paths+=path)* ;

parameter  : PARAM naming (COLON type)? EQUAL values+=datedValue (COMMA values+=datedValue)* ;
datedValue : value=expression (FROM from=additive)? ;

enumeration : ENUMERATION declared=naming LBRACE (members+=naming separator?)* RBRACE ;
scale       : SCALE declared=naming LBRACE members+=naming (LESS members+=naming)* RBRACE ;

record : RECORD naming LBRACE (members+=recordMember separator?)* RBRACE ;
recordMember
  : JUDGED naming (BY judge=name)?                        # judgedField
  | CHECKLIST declared=naming LBRACE (items+=naming separator?)* RBRACE  # checklistField
  | HOLDS expression label=STRING?                        # holdsField
  | KEY? naming COLON type (WITHIN interval)?             # plainField
  ;
type
  : LIST OF simple=name QUESTION?                                        # listType
  | simple=name (IN currency=UNIT)? perYear? QUESTION?                   # simpleType
  ;
perYear : PER YEAR ;

let      : LET naming EQUAL expression ;
function : FUNCTION naming open=(CALL_OPEN | LPAREN | INTERVAL_OPEN)
           (parameters+=functionParameter (COMMA parameters+=functionParameter)*)? RPAREN EQUAL expression ;
functionParameter : name COLON type ;

article : (ARTICLE number=NUMBER | citation=CITATION) label=STRING? clauseRest ;
clauseRest : principle? (WHEN condition=expression)? body ;
principle  : PRINCIPLE_IN PRINCIPLE | IN_PRINCIPLE ;
body
  : LBRACE (items+=item separator?)* RBRACE  # itemsBody
  | COLON expression                         # conditionBody
  | GUIDANCE text=STRING                     # guidanceBody
  | UNDISCLOSED text=STRING                  # undisclosedBody
  | replaces                                 # replacesBody
  ;
replaces : REPLACES replaced+=CITATION (COMMA replaced+=CITATION)* COLON expression ;
// What a policy changes in the one that it extends; a parameter, a decision or an item is changed by writing it anew.
change
  : replaces                                       # replacesChange
  | DROPS dropped+=CITATION (COMMA dropped+=CITATION)*  # dropsChange
  ;
item
  : ITEM_OPEN number=(NUMBER | NUMERAL) RPAREN name? label=STRING? aliases* clauseRest  # numberedItem
  | replaces                                                                            # replacesItem
  ;

decision : DECISION naming LBRACE (cases+=decisionCase separator?)* RBRACE ;
decisionCase
  : naming WHEN expression  # whenCase
  | OTHERWISE naming        # otherwiseCase
  ;

grant : GRANT naming citation=CITATION (WHEN condition=expression)? AMOUNT_EQUAL value=expression
        (COMMA limits+=limit)* ;
limit
  : (GREATER_EQUAL | LESS_EQUAL) value=expression  # signLimit
  | wordLimit                                      # wordedLimit
  ;
wordLimit
  : (AT (LEAST | MOST) | AT_LEAST | AT_MOST) value=expression                         # boundLimit
  | (ROUNDED direction=(UP | DOWN)? | ROUNDED_UP | ROUNDED_DOWN) TO value=expression  # roundedLimit
  ;

// A comma joins a limit to what stands before it; what begins with a limit is about the total. There a sign has been
// settled as the word for it, since after an item it would be a comparison. The comma before an item is let through for
// the sake of the message.
score : SCORE naming citation=CITATION LBRACE
        (members+=scoreMember (SEMICOLON | LAST_SEPARATOR | commas+=PART_COMMA)?)* RBRACE ;
scoreMember
  : naming citation=CITATION? COLON points=expression (COMMA limits+=limit)*  # itemMember
  | first=wordLimit (COMMA limits+=limit)*                                    # totalMember
  ;

// The bounds may be missing here: the message is the builder's.
quota : QUOTA naming citation=CITATION WHEN condition=expression (COLON bounds+=quotaBound (COMMA bounds+=quotaBound)*)? ;
quotaBound : (AT (LEAST | MOST) | AT_LEAST | AT_MOST | GREATER_EQUAL | LESS_EQUAL) value=expression ;

// ---- Lifecycles -----------------------------------------------------------------------------------------------

// What a member cannot do without may be missing here: the message is the builder's.
lifecycle : LIFECYCLE naming (OVER list=name)? LBRACE (members+=lifecycleMember separator?)* RBRACE ;
lifecycleMember
  : STAGE naming citation=CITATION? (AT occasion)?                                            # stageMember
  | STARTS naming? citation=CITATION? (AT occasion)? (PART_COMMA? LASTS period=expression)?   # startsMember
  | DUTY naming citation=CITATION? cadence? (BY dayOfYear)? (SINCE_COMMA? SINCE since=additive)?
      (WHEN condition=expression)? metBy?                                                     # dutyMember
  | DUE naming citation=CITATION? (BY date=expression)? (WHEN condition=expression)? metBy?   # dueMember
  | ENDS naming citation=CITATION? (AT occasion | WHEN condition=expression)? bar?            # endsMember
  | STATE naming citation=CITATION? (FINAL bar?)?
      (LBRACE (transitions+=transition separator?)* RBRACE)?                                  # stateMember
  ;
occasion : EVENT event=name (WHERE where=expression)? | date=expression ;
cadence  : EVERY_YEAR | EVERY (YEAR | YEARS | amount periodUnit) ;
dayOfYear
  : whole=MONTH_AND_DAY
  | month=NUMBER (DAY_DASH day=NUMBER | MONTHS day=NUMBER DAYS)
  ;
metBy : PART_COMMA? (MET BY | MET_BY) (EVENT event=name | postfix) (WHERE where=expression)? ;
bar   : PART_COMMA? (BARRED FOR | BARRED_FOR) (GOOD | period=additive) ;
transition
  : ON EVENT event=name (WHERE where=expression)? ARROW target=name  # eventTransition
  | AFTER period=additive ARROW target=name                          # afterTransition
  ;

region    : REGION regionRow ;
regionRow : code=NUMBER label=STRING aliases* (LBRACE (parts+=regionRow separator?)* RBRACE)? ;

calendar     : CALENDAR naming LBRACE (years+=calendarYear separator?)* RBRACE ;
calendarYear : YEAR number=NUMBER LBRACE (spans+=calendarSpan separator?)* RBRACE ;
calendarSpan : kind=(OFF | WORK) first=DATE (RANGE last=DATE)? label=STRING? ;

// ---- Examples -------------------------------------------------------------------------------------------------

example     : EXAMPLE title=STRING (LIKE base=STRING)? LBRACE (lines+=exampleLine (SEMICOLON | LAST_SEPARATOR)?)* RBRACE ;
exampleLine : given | EXPECT expectation ;

given      : subject (EQUAL givenValue | IS state=(ABSENT | NOT_KNOWN | EMPTY)) ;
subject    : AS_OF | factPath ;
factPath   : name (DOT (part=name | givenYears) | givenYears)? ;
givenYears : first=NUMBER (RANGE last=NUMBER)? ;
givenValue
  : LBRACE (rows+=givenRow (SEMICOLON rows+=givenRow)* LAST_SEPARATOR?)? RBRACE
  | values+=additive (COMMA values+=additive)*
  ;
givenRow   : cells+=givenCell (COMMA cells+=givenCell)* ;
givenCell  : name (DOT part=name)? (EQUAL value=additive | IS state=(ABSENT | NOT_KNOWN)) ;

expectation
  : cited=CITATION (EQUAL truth=(TRUE | FALSE) | IS NOT_KNOWN)                       # expectedClause
  | name (EQUAL additive | IS NOT_KNOWN)
      (BECAUSE reasons+=CITATION (COMMA reasons+=CITATION)*)?
      (NEEDS needs+=need (COMMA needs+=need)*)?                                      # expectedOutput
  ;
need : CITATION | subject ;

// ---- Expressions, loosest first -------------------------------------------------------------------------------

expression
  : IF condition=expression THEN consequence=expression ELSE alternative=expression  # conditional
  | BY value=expression LBRACE (rows+=band separator?)* RBRACE                        # bands
  | disjunction                                                                       # plain
  ;
band    : pattern COLON expression ;
pattern
  : interval                                           # intervalPattern
  | OTHERWISE                                          # otherwisePattern
  | values+=bandValue (COMMA values+=bandValue)*       # valuesPattern
  ;
bandValue : NEGATIVE? postfix | ITEM_OPEN number=(NUMBER | NUMERAL) RPAREN ;  // `(2) :` looks like an item
interval  : open=(LBRACK | INTERVAL_OPEN) low=bound COMMA high=bound close=(RBRACK | RPAREN) ;
bound     : RANGE | additive ;

disjunction : operands+=conjunction (OR operands+=conjunction)* ;
conjunction : operands+=negation (AND operands+=negation)* ;
// `where` belongs to the selection that ends right before it. It takes a predicate, so nothing but `and`, `or` and what
// is looser can follow; that is why it can stand here and not in the selection itself.
negation    : NOT negation | condition=predicate (words+=WHERE where+=predicate)* ;

// A suffix after a comparison is about the comparison: `rd >= 10% for 2 years running`.
predicate : operands+=rangeValue (relations+=relation operands+=rangeValue)* suffix? ;
relation  : LESS | LESS_EQUAL | GREATER | GREATER_EQUAL | EQUAL | NOT_EQUAL ;
suffix
  : NOT? (IN (interval | set | windowOperand) | WITHIN rangeValue)                                # membership
  | IS NOT? state=(GIVEN | ABSENT)                                                                # presence
  | direction=(RISING | FALLING) (OVER windowOperand)?                                            # trend
  | (FOR number=NUMBER YEARS RUNNING | CONSECUTIVE number=NUMBER YEARS) (OVER windowOperand)?     # running
  ;
set           : LBRACE values+=rangeValue (separatorInside values+=rangeValue)* LAST_SEPARATOR? RBRACE ;
separatorInside : COMMA | SEMICOLON ;
windowOperand : window | first=postfix (WINDOW_RANGE last=postfix)? ;

rangeValue     : first=fallback (RANGE last=fallback)? ;
fallback       : operands+=additive (DEFAULT operands+=additive)* ;
additive       : operands+=proportion (operators+=(PLUS | MINUS) operands+=proportion)* ;
proportion
  : left=multiplicative (FOR_EVERY EVERY size=postfix OF right=unary | EACH_FULL size=postfix GIVES right=unary)? ;
multiplicative : operands+=unary (operators+=(TIMES | DIVIDE) operands+=unary)* ;

// Forms that take what follows them. An `operand` is what may follow most of them without brackets.
unary
  : NEGATIVE unary                                                                                # negated
  | window                                                                                        # windowUnary
  | operation=(SUM | AVERAGE | MINIMUM | MAXIMUM | COUNT | LATEST | EARLIEST) OF? selection       # aggregate
  | quantifier OF? quantified                                                                     # quantification
  | LENGTH OF unary                                                                               # lengthOf
  | kind=(GROWTH | VALUE) OF postfix IN unary                                                     # inYear
  | ROUND direction=(UP | DOWN)? number=unary TO multiple=unary                                   # round
  | dateForm                                                                                      # dateUnary
  | brackets                                                                                      # bracketsUnary
  | postfix (AFTER operand | OF unary)?                                                           # postfixUnary
  ;
brackets : BRACKETS OF value=expression LBRACE (rows+=band separator?)* RBRACE ;
operand  : NEGATIVE operand | dateForm | postfix (AFTER operand)? ;
dateForm
  : periodUnit FROM from=operand TO to=operand  # elapsed
  | kind=(YEAR | MONTH | DAY) OF operand        # partOfDate
  ;
window    : LAST (YEAR | amount periodUnit) edge=(BEFORE | UNTIL) anchor=operand (SINCE_COMMA SINCE since=operand)? ;
amount    : NUMBER | LPAREN expression RPAREN ;
selection : postfix ((OVER | SELECT_IN) windowOperand)? ;
quantifier
  : ANY | ALL | EVERY | NONE
  | (AT (LEAST | MOST) | AT_LEAST | AT_MOST | EXACTLY) postfix
  ;
quantified
  : LBRACE operands+=expression (separatorInside operands+=expression)* LAST_SEPARATOR? RBRACE  # quantifiedList
  | citations+=CITED (LIST_COMMA citations+=CITATION)*                                          # quantifiedCitations
  | selection                                                                                   # quantifiedSelection
  ;

postfix : primary steps+=step* ;
step    : DOT name | CALL_OPEN (arguments+=expression (COMMA arguments+=expression)*)? RPAREN ;
primary
  : number=NUMBER (UNIT | PERCENT | periodUnit)?                    # numberPrimary
  | LPAREN expression RPAREN periodUnit?                              # parenthesised
  | DATE                                                        # datePrimary
  | STRING                                                      # textPrimary
  | TRUE                                                        # truePrimary
  | FALSE                                                       # falsePrimary
  | AS_OF                                                       # asOfPrimary
  | CITATION                                                    # citationPrimary
  | kind=(GREATEST | LEAST) OF open=(LPAREN | INTERVAL_OPEN)
      operands+=expression (COMMA operands+=expression)* RPAREN # extreme
  | MISSED duty=name                                            # missedPrimary
  | name                                                        # namePrimary
  ;
periodUnit : DAYS | WORKING DAYS | WORKING_DAYS | MONTHS | YEARS ;
