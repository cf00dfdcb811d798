/** The page with both tables between their markers made anew. A marker that is missing is an error. */
export declare function actionTables(page: string): string;
