import Evaluation

/// Everything that can be found in what departments deliver, in alphabetical order.
///
/// The identifier of a finding is the name of its case in snake case; a test keeps the two together.
enum Message {
    case cellError(String)
    case cellWithoutValue
    case codeCheckCharacter(String)
    case codeIsNumber(String)
    case codeMalformed(String)
    case codeOrganisation(String)
    case columnDoubled(String)
    case columnMissing(String)
    case columnUnknown(String)
    case columnsTooMany(limit: Int)
    case containerDiffers(String, found: (chinese: String, english: String))
    case dateMalformed(String)
    case decimalMalformed(String)
    case decimalOutOfRange(String, lowest: String, highest: String)
    case decimalTooLong(String)
    case decimalTooManyPlaces(String, places: Int)
    case declarationsDiffer(String, winner: String, [String])
    case deliveryAfterAsOf(Day, Day)
    case deliveryIncomplete(Incomplete)
    case deliveryLate(String, days: Int)
    case deliveryPartlySuperseded
    case deliveryRepeated(String)
    case deliverySuperseded
    case deliveryWithoutManifest(folder: String)
    case encodingDiffers(found: String, declared: String)
    case feedMissing(String, String)
    case fieldBlank
    case fieldNotAllowed(String, allowed: [String])
    case fileEmpty
    case fileHasNoRows
    case fileTooLarge
    case firmLinked(String, way: LinkWay, firm: String)
    case firmMissing
    case firmUnknown(String)
    case gzipCorrupt
    case gzipTrailing
    case gzipTruncated
    case headerUnknown
    case keyRepeated([String], count: Int)
    case lenientBlanks(count: Int)
    case lenientBrackets(count: Int)
    case lenientDates(count: Int)
    case lenientFullWidth(count: Int)
    case lenientHeaders(count: Int)
    case lenientPlus(count: Int)
    case lenientThousands(count: Int)
    case lenientTitleRows(count: Int)
    case lenientTotalRows(count: Int)
    case lenientTrailingZeros(count: Int)
    case lenientUnits(count: Int)
    case linkAmbiguous(String)
    case linkContradictory(String, count: Int)
    case linkWithoutKey
    case meterDivided(String, firms: Int, equally: Bool)
    case meterShared(String, firms: Int)
    case monthMalformed(String)
    case monthMissing(String, String)
    case nulByte
    case periodOutside(String, first: String, last: String)
    case personalColumn(String)
    case quoteStray
    case quoteUnclosed
    case ratioTooHigh(limit: Int)
    case rowTooLong
    case rowWidth(expected: Int)
    case rowsDiffer(declared: Int, found: Int)
    case rowsFewer(Int, before: Int, delivery: String)
    case sharesIncomplete(String, String, sum: String)
    case sheetMissing(String)
    case successorCycle(String)
    case successorUnknown(String)
    case textIsNumber(String)
    case textNotGb18030
    case textNotUtf8
    case totalDiffers(String, declared: String, found: String)
    case totalJumped(String, TotalJump)
    case totalRowDiffers(String, stated: String, found: String)
    case totalUnknown(String)
    case xlsxCorrupt
    case xlsxTextsTooLarge(mebibytes: Int)
    case xlsxUnsafe
    case yearMalformed(String)
    case zipChecksum
    case zipCorrupt
    case zipEncrypted
    case zipMemberDoubled(String)
    case zipMemberMissing(String)
    case zipMembersSeveral([String])
    case zipMembersTooMany(limit: Int)
    case zipMethod
    case zipPath(String)
    case zipSizeDiffers
    case zipTrailing
    case zipTruncated

    struct Wording {
        let code: String
        let severity: Finding.Severity
        let chinese: String
        let english: String

        init(_ code: String, _ severity: Finding.Severity, _ chinese: String, _ english: String) {
            self.code = code
            self.severity = severity
            self.chinese = chinese
            self.english = english
        }
    }

    var wording: Wording {
        switch self {
        case .cellError(let text):
            Wording(
                "cell_error", .refusal,
                "单元格的值是错误“\(text)”。请更正公式或数据后重新报送。",
                "The cell holds the error `\(text)`. Correct the formula or the data, and deliver the file again."
            )
        case .cellWithoutValue:
            Wording(
                "cell_without_value", .refusal,
                "单元格是没有计算结果的公式。请用WPS/Excel打开、保存后重新报送。",
                "The cell is a formula without a stored result. Open the file in WPS or Excel, save it, and deliver it again."
            )
        case .codeCheckCharacter(let text):
            Wording(
                "code_check_character", .refusal,
                "统一社会信用代码“\(text)”校验位不符（GB 32100）。请核对代码，注意表格软件可能改动过数字。",
                "The check character of credit code `\(text)` is wrong (GB 32100). Check whether a spreadsheet changed it."
            )
        case .codeIsNumber(let text):
            Wording(
                "code_is_number", .refusal,
                "统一社会信用代码被存成了数值“\(text)”，末几位已丢失。请将该列设为文本，重新填写代码。",
                "The credit code was turned into the number `\(text)` and has lost digits. Format the column as text and fill in the code again."
            )
        case .codeMalformed(let text):
            Wording(
                "code_malformed", .refusal,
                "“\(text)”不是统一社会信用代码：应为18位大写字母和数字，不含I、O、S、V、Z。请按营业执照填写。",
                "`\(text)` is no credit code: 18 digits and capital letters without I, O, S, V, Z.")
        case .codeOrganisation(let text):
            Wording(
                "code_organisation", .warning,
                "统一社会信用代码“\(text)”第9至17位不符合组织机构代码校验规则（GB 11714），记录已采用。请核实。",
                "Positions 9 to 17 of credit code `\(text)` fail GB 11714. The row is used; please check the code."
            )
        case .columnDoubled(let header):
            Wording(
                "column_doubled", .refusal, "列“\(header)”出现两次，文件被拒。请只保留一列。",
                "Column `\(header)` stands twice; the file is refused. Keep one of them.")
        case .columnMissing(let header):
            Wording(
                "column_missing", .refusal, "缺少列“\(header)”，文件被拒。请按数据规范补齐。",
                "Column `\(header)` is missing; the file is refused. Add it as the contract says.")
        case .columnUnknown(let header):
            Wording(
                "column_unknown", .refusal, "列“\(header)”不在数据规范内，文件被拒。请更正列名或删除该列。",
                "Column `\(header)` is not in the contract; the file is refused. Correct its name or remove it."
            )
        case .columnsTooMany(let limit):
            Wording(
                "columns_too_many", .refusal, "首行超过\(limit)列，文件被拒。请检查分隔符与换行。",
                "The header has more than \(limit) columns; the file is refused. Check commas and line breaks."
            )
        case .containerDiffers(let suffix, let found):
            Wording(
                "container_differs", .refusal,
                "文件名以“\(suffix)”结尾，内容却是\(found.chinese)，文件被拒。请另存为该格式，或改正文件名（可用 .csv、.csv.gz、.zip、.xlsx）。",
                "The name ends in `\(suffix)`, but this is \(found.english); the file is refused. Save it in that form, or correct its name (.csv, .csv.gz, .zip, .xlsx)."
            )
        case .dateMalformed(let text):
            Wording(
                "date_malformed", .refusal, "“\(text)”不是日期。请写成2021-03-31。",
                "`\(text)` is no day. Write it as 2021-03-31.")
        case .decimalMalformed(let text):
            Wording(
                "decimal_malformed", .refusal, "“\(text)”不是数值。只可用负号、数字和一个小数点，不加千分位、单位或空格。",
                "`\(text)` is no number. Use a minus sign, digits and one point; no separators, units or blanks."
            )
        case .decimalOutOfRange(let text, let lowest, let highest):
            Wording(
                "decimal_out_of_range", .refusal, "数值\(text)超出\(lowest)至\(highest)的范围。请核对数值与单位。",
                "\(text) lies outside \(lowest) to \(highest). Check the value and its unit.")
        case .decimalTooLong(let text):
            Wording(
                "decimal_too_long", .refusal, "数值“\(text)”连同小数超过15位数字。请核对数值与单位。",
                "`\(text)` has more than 15 digits, decimals included. Check the value and its unit.")
        case .decimalTooManyPlaces(let text, let places):
            Wording(
                "decimal_too_many_places", .refusal, "数值“\(text)”的小数超过\(places)位。请四舍五入到\(places)位。",
                "`\(text)` has more than \(places) decimals. Round it to \(places).")
        case .declarationsDiffer(let side, let winner, let differences):
            Wording(
                "declarations_differ", .warning,
                "同一租赁的申报不一致：“\(side)”的申报未采用，采用“\(winner)”的申报。采用 / 未采用（差额）：\(differences.joined(separator: "；"))。请双方核对。",
                "The declarations of one lease differ: that of `\(side)` is not used, that of `\(winner)` is. Used / not used (difference): \(differences.joined(separator: "; ")). Let both sides check."
            )
        case .deliveryAfterAsOf(let stateOf, let asOf):
            Wording(
                "delivery_after_as_of", .note, "报送数据截至\(stateOf)，晚于评价基准日\(asOf)，未采用。",
                "The delivery describes \(stateOf), after the as-of day \(asOf); it is not used.")
        case .deliveryIncomplete(let reason):
            Wording(
                "delivery_incomplete", .warning,
                "报送尚未完成：\(reason.chinese)，未采用。请等待传输完成或重新报送。",
                "The delivery is incomplete: \(reason.english); it is not used. Wait until it is copied, or deliver it again."
            )
        case .deliveryLate(let month, let days):
            Wording(
                "delivery_late", .note, "\(month)的数据在该月结束\(days)天后才生成，已采用。请按时报送。",
                "The data of \(month) were made \(days) days after its end; they are used. Deliver in time.")
        case .deliveryPartlySuperseded:
            Wording(
                "delivery_partly_superseded", .note, "部分月份已由更新的报送替代，仅采用其余月份。",
                "A newer delivery replaces some months of this one; the other months are used.")
        case .deliveryRepeated(let other):
            Wording(
                "delivery_repeated", .note, "文件与报送“\(other)”中的完全相同，不会重复计算。请确认是否误报了旧文件。",
                "The file is the same, byte by byte, as one of delivery `\(other)`; nothing counts twice. Check whether an old file was sent."
            )
        case .deliverySuperseded:
            Wording(
                "delivery_superseded", .note, "已由更新的报送替代，未采用。",
                "A newer delivery replaces this one; it is not used.")
        case .deliveryWithoutManifest(let folder):
            Wording(
                "delivery_without_manifest", .warning, "文件夹“\(folder)”没有datapackage.json，未采用。请补送清单文件。",
                "Folder `\(folder)` has no datapackage.json; it is not used. Deliver the manifest.")
        case .encodingDiffers(let found, let declared):
            Wording(
                "encoding_differs", .refusal,
                "文件实际为\(found)编码，清单写的是\(declared)，文件被拒。请更正清单中的encoding，或将文件另存为\(declared)后重新报送。",
                "The file is \(found), the manifest says \(declared): correct one of them. The file is refused."
            )
        case .feedMissing(let title, let department):
            Wording(
                "feed_missing", .warning, "未收到\(department)的“\(title)”数据，相关指标按缺失处理。",
                "Nothing was delivered for \(title) (\(department)); what depends on it is missing.")
        case .fieldBlank:
            Wording("field_blank", .refusal, "此列必填，不能为空。请补填。", "This field must not be blank. Fill it in.")
        case .fieldNotAllowed(let text, let allowed):
            Wording(
                "field_not_allowed", .refusal, "“\(text)”不在允许值内：\(allowed.joined(separator: "、"))。请更正。",
                "`\(text)` is not one of: \(allowed.joined(separator: ", ")). Correct it.")
        case .fileEmpty:
            Wording(
                "file_empty", .refusal, "文件为空，没有表头。请重新报送。",
                "The file is empty, without a header. Deliver it again.")
        case .fileHasNoRows:
            Wording(
                "file_has_no_rows", .warning, "文件只有表头，没有记录。请确认是否漏报。",
                "The file has a header and no rows. Confirm that there is nothing to report.")
        case .fileTooLarge:
            Wording(
                "file_too_large", .refusal, "文件解压后超过64 GiB，已停止读取。请拆分或检查文件。",
                "The file unpacks to more than 64 GiB; reading stopped. Split or check the file.")
        case .firmLinked(let text, let way, let firm):
            Wording(
                "firm_linked", .note,
                text.isEmpty
                    ? "未填统一社会信用代码，按\(way.label)归入企业\(firm)。请补填代码。"
                    : "企业名录中没有“\(text)”，按\(way.label)归入企业\(firm)。请更新代码。",
                text.isEmpty
                    ? "There is no credit code; by its \(way.name) the row counts for firm \(firm). Fill in the code."
                    : "The registry has no firm `\(text)`; by its \(way.name) the row counts for firm \(firm). Correct the code."
            )
        case .firmMissing:
            Wording(
                "firm_missing", .note, "未填统一社会信用代码，此记录未计入任何企业。",
                "There is no credit code; the row counts for no firm.")
        case .firmUnknown(let text):
            Wording(
                "firm_unknown", .warning, "企业名录中没有代码“\(text)”，此记录未计入。请核对代码或名录。",
                "The registry has no firm `\(text)`; the row is not used. Check the code or the registry.")
        case .gzipCorrupt:
            Wording(
                "gzip_corrupt", .refusal, "压缩文件已损坏（数据或校验和不符）。请重新压缩并报送。",
                "The gzip file is corrupt (data or checksum). Compress and deliver it again.")
        case .gzipTrailing:
            Wording(
                "gzip_trailing", .refusal, "压缩数据之后还有多余内容。请重新压缩并报送。",
                "Something that is not gzip follows the compressed data. Compress and deliver it again.")
        case .gzipTruncated:
            Wording(
                "gzip_truncated", .refusal, "压缩文件不完整，可能上传中断。请重新报送。",
                "The gzip file ends early; the transfer was probably cut off. Deliver it again.")
        case .headerUnknown:
            Wording(
                "header_unknown", .refusal,
                "首行没有一列是数据规范中的列名，文件被拒。首行须为表头，各列以英文逗号分隔；请用WPS/Excel另存为“CSV UTF-8”。",
                "The first line has none of the contract's columns; the file is refused. The first line must be the header, with commas between the columns; save the file as `CSV UTF-8`."
            )
        case .keyRepeated(let key, let count):
            Wording(
                "key_repeated", .refusal,
                "\(key.joined(separator: "、"))相同的记录有\(count)种不同内容，全部不予采用。请只保留正确的一条。",
                "\(count) different rows have the same key (\(key.joined(separator: ", "))); none of them is used. Keep the right one."
            )
        case .lenientBlanks(let count):
            Wording(
                "lenient_blanks", .note, "\(count)处内容前后或中间有空格，已去除后采用。请今后不加空格。",
                "\(count) fields have blanks around or inside them; they are used without the blanks.")
        case .lenientBrackets(let count):
            Wording(
                "lenient_brackets", .note, "\(count)处括号全角、半角与规范不一致，已按规范统一后采用。",
                "\(count) texts have brackets of the other width; they are used with the contract's.")
        case .lenientDates(let count):
            Wording(
                "lenient_dates", .note, "\(count)处日期、月份或年度不是规范写法（如2021/3/31、2021年3月），已换算后采用。",
                "\(count) days, months or years are written in another way, such as 2021/3/31; they are used."
            )
        case .lenientFullWidth(let count):
            Wording(
                "lenient_full_width", .note, "\(count)处含全角数字、字母或符号，已转为半角后采用。",
                "\(count) fields have digits, letters or signs of full width; they are used as ASCII.")
        case .lenientHeaders(let count):
            Wording(
                "lenient_headers", .note, "\(count)个列名与规范写法不同（空格、全角半角或别名），已按规范对应。",
                "\(count) headers are written otherwise than the contract has them; they were recognised.")
        case .lenientPlus(let count):
            Wording(
                "lenient_plus", .note, "\(count)处数值带正号，已去除后采用。",
                "\(count) numbers have a plus sign; they are used without it.")
        case .lenientThousands(let count):
            Wording(
                "lenient_thousands", .note, "\(count)处数值带千分位逗号，已去除后采用。请今后不加千分位。",
                "\(count) numbers have thousands separators; they are used without them.")
        case .lenientTitleRows(let count):
            Wording(
                "lenient_title_rows", .note, "表头上方有\(count)行标题，已跳过。请今后首行即为表头。",
                "\(count) title rows above the header were skipped.")
        case .lenientTotalRows(let count):
            Wording(
                "lenient_total_rows", .note, "\(count)行为合计、小计或总计，未计入记录。请今后删除这些行。",
                "\(count) rows hold totals; they are not counted as rows.")
        case .lenientTrailingZeros(let count):
            Wording(
                "lenient_trailing_zeros", .note, "\(count)处数值的小数末尾有多余的零，已去除后采用。",
                "\(count) numbers have zeros beyond the decimals of the contract; they are used without them."
            )
        case .lenientUnits(let count):
            Wording(
                "lenient_units", .note, "\(count)列使用了规范允许的其他计量单位，已按列名换算为规范单位。",
                "\(count) columns are in another unit that the contract allows; they were converted exactly.")
        case .linkAmbiguous(let text):
            Wording(
                "link_ambiguous", .warning,
                text.isEmpty
                    ? "未填统一社会信用代码，且可能对应多家企业，此记录未计入。请补填代码，或报送关联确认。"
                    : "企业名录中没有“\(text)”，且可能对应多家企业，此记录未计入。请更正代码，或报送关联确认。",
                text.isEmpty
                    ? "There is no credit code, and several firms could be meant; the row is not used. Fill in the code, or confirm a link."
                    : "The registry has no firm `\(text)`, and several could be meant; the row is not used. Correct the code, or confirm a link."
            )
        case .linkContradictory(let text, let count):
            Wording(
                "link_contradictory", .warning, "关于“\(text)”有\(count)条相互矛盾的关联确认，均未采用。请只保留正确的一条。",
                "\(count) confirmed links about `\(text)` contradict each other; none of them is used. Keep the right one."
            )
        case .linkWithoutKey:
            Wording(
                "link_without_key", .warning, "关联确认未写明报送代码、报送名称、户号或不动产权证号，未采用。请至少填写一项。",
                "The confirmed link names neither code, name, meter nor certificate; it is not used. Give one of them."
            )
        case .meterDivided(let meter, let firms, let equally):
            Wording(
                "meter_divided", .note,
                equally
                    ? "户号\(meter)由\(firms)家企业共用且无完整分摊比例，按评价办法平均分摊。请报送共用电表分摊。"
                    : "户号\(meter)由\(firms)家企业共用且无完整分摊比例，按评价办法计入第一户。请报送共用电表分摊。",
                equally
                    ? "\(firms) firms share meter \(meter), without complete shares; the method divides it equally. Deliver the shares."
                    : "\(firms) firms share meter \(meter), without complete shares; the method gives it to the first. Deliver the shares."
            )
        case .meterShared(let meter, let firms):
            Wording(
                "meter_shared", .refusal, "户号\(meter)由\(firms)家企业共用且无完整分摊比例，不予采用。请报送共用电表分摊。",
                "\(firms) firms share meter \(meter), without complete shares; the reading is not used. Deliver the shares."
            )
        case .monthMalformed(let text):
            Wording(
                "month_malformed", .refusal, "“\(text)”不是月份。请写成2021-03。",
                "`\(text)` is no month. Write it as 2021-03.")
        case .monthMissing(let title, let month):
            Wording(
                "month_missing", .warning, "“\(title)”缺少\(month)的报送，全年数据不完整。请补报。",
                "\(title): no delivery covers \(month), so the year is incomplete. Deliver the month.")
        case .nulByte:
            Wording(
                "nul_byte", .refusal, "文字中含有空字节（NUL），文件可能不是UTF-8编码。请另存为UTF-8。",
                "The text contains a NUL byte; the file is probably not UTF-8. Save it as UTF-8.")
        case .periodOutside(let text, let first, let last):
            Wording(
                "period_outside", .refusal, "“\(text)”不在本次报送的所属期\(first)至\(last)内。请核对所属期。",
                "`\(text)` lies outside the delivery's period, \(first) to \(last). Check the period.")
        case .personalColumn(let header):
            Wording(
                "personal_column", .warning, "列“\(header)”含个人信息，不应报送；已跳过，不予保存。请今后删除该列。",
                "Column `\(header)` is about persons and must not be delivered; it was skipped. Remove it.")
        case .quoteStray:
            Wording(
                "quote_stray", .refusal, "引号位置不当。含引号的内容应整体加引号，内部引号写两次。",
                "A quote stands in the wrong place. Quote the whole field and double the quotes inside it.")
        case .quoteUnclosed:
            Wording(
                "quote_unclosed", .refusal, "引号未闭合，直到文件末尾。请补上引号后重新报送。",
                "A quote is not closed before the end of the file. Close it and deliver the file again.")
        case .ratioTooHigh(let limit):
            Wording(
                "ratio_too_high", .refusal,
                "文件解压后超过原大小的\(limit)倍，已停止读取。请检查文件。",
                "The file unpacks to more than \(limit) times its size; reading stopped. Check the file.")
        case .rowTooLong:
            Wording(
                "row_too_long", .refusal, "一行超过1 MiB，可能有引号未闭合。请检查后重新报送。",
                "A row is longer than 1 MiB; a quote is probably not closed. Check and deliver the file again."
            )
        case .rowWidth(let expected):
            Wording(
                "row_width", .refusal, "列数与表头不符，应为\(expected)列。含逗号的内容须加引号。",
                "The row does not have the header's \(expected) columns. Quote fields that contain commas.")
        case .rowsDiffer(let declared, let found):
            Wording(
                "rows_differ", .refusal, "清单写明\(declared)条记录，文件有\(found)条。请核对后重新报送。",
                "The manifest says \(declared) rows, the file has \(found). Check and deliver both again.")
        case .rowsFewer(let now, let before, let delivery):
            Wording(
                "rows_fewer", .warning,
                "本次\(now)条记录，比上次报送（\(delivery)）的\(before)条少\(100 - now * 100 / max(before, 1))%。请确认是否漏报。",
                "\(now) rows, \(100 - now * 100 / max(before, 1)) % fewer than the \(before) of the delivery before (\(delivery)). Confirm that nothing is left out."
            )
        case .sharesIncomplete(let meter, let month, let sum):
            Wording(
                "shares_incomplete", .warning,
                "户号\(meter)在\(month)的分摊比例合计\(sum)%，不是100%（或比例与电量混用），未采用。请更正。",
                "The shares of meter \(meter) in \(month) come to \(sum) %, not 100 % (or percentages and readings are mixed); they are not used. Correct them."
            )
        case .sheetMissing(let name):
            Wording(
                "sheet_missing", .refusal,
                "工作簿中没有工作表“\(name)”（未指定时取第一张可见工作表）。请核对清单中的sheet。",
                "The workbook has no sheet `\(name)` (without a name, the first visible one). Check `sheet` in the manifest."
            )
        case .successorCycle(let code):
            Wording(
                "successor_cycle", .warning, "承继企业“\(code)”的承继关系循环或超过16级，未采用。请更正名录。",
                "The successors that begin with `\(code)` go in a circle or through more than 16 firms; they are not used. Correct the registry."
            )
        case .successorUnknown(let code):
            Wording(
                "successor_unknown", .warning, "名录中没有承继企业“\(code)”，数据仍计入原企业。请更正名录。",
                "The registry has no firm `\(code)`, which is named as successor; rows stay with the old firm. Correct the registry."
            )
        case .textIsNumber(let text):
            Wording(
                "text_is_number", .refusal,
                "单元格是数值“\(text)”，超过15位的数字已丢失。请将该列设为文本，重新填写。",
                "The cell is the number `\(text)`, of which only 15 digits are kept. Format the column as text and fill it in again."
            )
        case .textNotGb18030:
            Wording(
                "text_not_gb18030", .refusal, "文字中有不属于GB18030编码的字节。请用WPS/Excel另存后重新报送。",
                "The text has bytes that are no GB18030. Save the file anew and deliver it again.")
        case .textNotUtf8:
            Wording(
                "text_not_utf8", .refusal, "文字不是UTF-8编码。请用WPS/Excel另存为“CSV UTF-8”。",
                "The text is not UTF-8. Save the file as `CSV UTF-8` (WPS, Excel).")
        case .totalDiffers(let header, let declared, let found):
            Wording(
                "total_differs", .refusal, "列“\(header)”清单合计\(declared)，文件合计\(found)。请核对后重新报送。",
                "Column `\(header)`: the manifest says a total of \(declared), the file has \(found). Deliver both again."
            )
        case .totalJumped(let header, let jump):
            Wording(
                "total_jumped", .warning,
                "列“\(header)”合计\(jump.now)，上次报送（\(jump.delivery)）为\(jump.before)，每条平均约为上次的\(jump.timesChinese)，疑似单位混用（\(jump.units)）。请核对单位。",
                "Column `\(header)` adds up to \(jump.now), in the delivery before (\(jump.delivery)) to \(jump.before): per row about \(jump.timesEnglish), as if units were mixed up (\(jump.unitsEnglish)). Check the unit."
            )
        case .totalRowDiffers(let header, let stated, let found):
            Wording(
                "total_row_differs", .warning,
                "合计行中“\(header)”为\(stated)，以上各行相加为\(found)。请核对是否漏行或改动了数值。",
                "The row of totals says \(stated) for `\(header)`, the rows above it add up to \(found). Check whether rows are missing."
            )
        case .totalUnknown(let header):
            Wording(
                "total_unknown", .refusal, "清单给出了“\(header)”的合计，但数据规范中没有这一数值列。请更正清单。",
                "The manifest has a total for `\(header)`, which is no number column of the feed. Correct the manifest."
            )
        case .xlsxCorrupt:
            Wording(
                "xlsx_corrupt", .refusal,
                "工作簿已损坏，无法读取。请用WPS/Excel打开、另存为xlsx后重新报送。",
                "The workbook is damaged. Open it in WPS or Excel, save it as xlsx, and deliver it again.")
        case .xlsxTextsTooLarge(let mebibytes):
            Wording(
                "xlsx_texts_too_large", .refusal,
                "工作簿的文字超过\(mebibytes) MiB，已停止读取。请改用CSV报送。",
                "The texts of the workbook take more than \(mebibytes) MiB; reading stopped. Deliver CSV instead."
            )
        case .xlsxUnsafe:
            Wording(
                "xlsx_unsafe", .refusal,
                "工作簿含有不应有的内容（实体定义、过深嵌套或过长标记），文件被拒。请用WPS/Excel另存为xlsx后重新报送。",
                "The workbook has what no workbook has (entities, deep nesting, endless tags); the file is refused. Save it anew as xlsx."
            )
        case .yearMalformed(let text):
            Wording(
                "year_malformed", .refusal, "“\(text)”不是年度。请写成2021。",
                "`\(text)` is no year. Write it as 2021.")
        case .zipChecksum:
            Wording(
                "zip_checksum", .refusal,
                "zip中文件的校验和不符，内容已损坏。请重新压缩并报送。",
                "The checksum of the file inside the zip file is wrong. Compress and deliver it again.")
        case .zipCorrupt:
            Wording(
                "zip_corrupt", .refusal,
                "zip文件已损坏。请重新压缩并报送。",
                "The zip file is damaged. Compress and deliver it again.")
        case .zipEncrypted:
            Wording(
                "zip_encrypted", .refusal,
                "zip文件设有密码，无法读取。请不加密码重新压缩并报送。",
                "The zip file has a password. Compress it without one and deliver it again.")
        case .zipMemberDoubled(let name):
            Wording(
                "zip_member_doubled", .refusal,
                "zip中“\(name)”出现两次，无法判断以哪个为准。请重新压缩并报送。",
                "`\(name)` stands twice in the zip file, and nobody can know which counts. Compress and deliver it again."
            )
        case .zipMemberMissing(let name):
            Wording(
                "zip_member_missing", .refusal,
                "zip中没有“\(name)”。请放入该CSV文件，或更正清单中的member。",
                "The zip file holds no `\(name)`. Put the CSV file into it, or correct `member` in the manifest."
            )
        case .zipMembersSeveral(let names):
            Wording(
                "zip_members_several", .refusal,
                "zip中有多个CSV文件：\(names.joined(separator: "、"))。请只放一个，或在清单中以member指明。",
                "The zip file holds several CSV files: \(names.joined(separator: ", ")). Leave one, or name it as `member` in the manifest."
            )
        case .zipMembersTooMany(let limit):
            Wording(
                "zip_members_too_many", .refusal,
                "zip中的文件超过\(limit)个，文件被拒。请只放需要报送的文件。",
                "The zip file holds more than \(limit) files; it is refused. Put into it what is to be delivered alone."
            )
        case .zipMethod:
            Wording(
                "zip_method", .refusal,
                "zip采用了不支持的压缩方法。请用普通方式（deflate）重新压缩并报送。",
                "The zip file is compressed in a way that is not read here. Compress it the usual way (deflate) and deliver it again."
            )
        case .zipPath(let name):
            Wording(
                "zip_path", .refusal,
                "zip中的路径“\(name)”不允许（不得含“..”、反斜杠或以“/”开头），文件被拒。请重新压缩并报送。",
                "The zip file holds the path `\(name)`, with `..`, a backslash or a leading `/`; it is refused. Compress and deliver it again."
            )
        case .zipSizeDiffers:
            Wording(
                "zip_size_differs", .refusal,
                "zip中文件的实际大小与其标明的不符，文件被拒。请重新压缩并报送。",
                "The file inside the zip file does not have the size that is said of it; it is refused. Compress and deliver it again."
            )
        case .zipTrailing:
            Wording(
                "zip_trailing", .refusal,
                "zip数据前后还有多余内容。请重新压缩并报送。",
                "Something that is not part of it stands before or behind the zip data. Compress and deliver it again."
            )
        case .zipTruncated:
            Wording(
                "zip_truncated", .refusal,
                "zip文件不完整，可能上传中断。请重新报送。",
                "The zip file ends early; the transfer was probably cut off. Deliver it again.")
        }
    }
}

extension Finding {
    init(
        _ message: Message, feed: String = "", delivery: String = "", file: String = "", line: Int = 0,
        byte: Int = 0, column: String = "", row: String = ""
    ) {
        let wording = message.wording
        self.init(
            code: wording.code, severity: wording.severity, feed: feed, delivery: delivery, file: file,
            line: line,
            byte: byte, column: column, chinese: wording.chinese, english: wording.english, row: row)
    }
}

extension [Finding] {
    /// By feed, delivery, file, line, byte, code, column: an order that no thread can change.
    func sorted() -> [Finding] {
        sorted { a, b in
            (a.feed, a.delivery, a.file, a.line, a.byte, a.code)
                != (b.feed, b.delivery, b.file, b.line, b.byte, b.code)
                ? (a.feed, a.delivery, a.file, a.line, a.byte, a.code)
                    < (b.feed, b.delivery, b.file, b.line, b.byte, b.code)
                : a.column < b.column
        }
    }
}
